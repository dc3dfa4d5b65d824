import { connectKafka } from '@slipway/consumers';
import { required } from '../environment.ts';
import { serve } from '../serve.ts';

// A producer and a consumer of an empty topic that do nothing: what kafkajs uses by itself, whatever is built on it.
const kafka = connectKafka('bare', [required('KAFKA_BROKERS')]);
const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: 'bare' });
await producer.connect();
await consumer.connect();
await consumer.subscribe({ topics: [required('TOPIC')], fromBeginning: true });
await consumer.run({ eachMessage: () => Promise.resolve() });

serve({}, async () => {
  await consumer.disconnect();
  await producer.disconnect();
});
