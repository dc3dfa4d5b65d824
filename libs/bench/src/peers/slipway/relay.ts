import { Logger } from '@nestjs/common';
import { connectKafka } from '@slipway/consumers';
import { createTopics, startRelay } from '@slipway/relay';
import { required } from '../../environment.ts';
import { serve } from '../../serve.ts';

Logger.overrideLogger(['fatal', 'error', 'warn']); // what kafkajs tries again by itself is debug

const PARTITIONS = 4;
const prefix = required('TOPIC_PREFIX');
const kafka = connectKafka('bench-relay', required('KAFKA_BROKERS').split(','));

await createTopics(kafka, { prefix, partitions: PARTITIONS, replication: 1 });
const relay = startRelay({
  url: required('DATABASE_URL'),
  kafka,
  prefix,
  onError: error => process.stderr.write(`relay: ${error.message}\n`),
});

const methods = {
  /** All up to here is on Kafka. */
  position: async (): Promise<number> => relay.stats().position,
};

export type RelayMethods = typeof methods;
serve(methods, relay.stop);
