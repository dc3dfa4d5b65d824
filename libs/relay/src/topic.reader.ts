import type { Kafka } from 'kafkajs';

export type TopicRecord = Readonly<{
  partition: number;
  position: number;
  previous: number;
  stream: string;
  version: number;
  id: string;
  data: string;
  headers: Readonly<Record<string, string>>;
}>;

/** Every record of a topic up to its present end, of each partition in order. It must hold at least so many. */
export const readTopic = async (kafka: Kafka, topic: string, atLeast: number): Promise<readonly TopicRecord[]> => {
  const admin = kafka.admin();
  await admin.connect();
  const ends = await admin.fetchTopicOffsets(topic);
  await admin.disconnect();
  const total = ends.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  if (total < atLeast) throw new Error(`${topic} has ${total} records, not ${atLeast}`);
  const consumer = kafka.consumer({ groupId: `reader-${crypto.randomUUID()}`, maxWaitTimeInMs: 50 });
  const records: TopicRecord[] = [];
  const { promise: complete, resolve } = Promise.withResolvers<void>();
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: ({ partition, message: { headers = {}, value } }) => {
      const header = (name: string): string => headers[name]?.toString() ?? '';
      records.push({
        partition,
        position: Number(header('position')),
        previous: Number(header('previous')),
        stream: header('ce_subject'),
        version: Number(header('version')),
        id: header('ce_id'),
        data: value?.toString() ?? '',
        headers: Object.fromEntries(Object.keys(headers).map(name => [name, header(name)])),
      });
      if (records.length >= total) resolve();
      return Promise.resolve();
    },
  });
  await complete;
  await consumer.disconnect();
  return records;
};
