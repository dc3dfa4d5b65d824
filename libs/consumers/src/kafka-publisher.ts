import { type Kafka, Partitioners, type Producer } from 'kafkajs';

/** A record of a feed. Records of one key keep their order. */
export type FeedRecord = Readonly<{ key: string; value: string; headers: Readonly<Record<string, string>> }>;

export type KafkaPublisher = Readonly<{
  /** Resolves once every replica in sync has them. At least once: what failed half-way is to be published again. */
  publish: (topic: string, records: readonly FeedRecord[]) => Promise<void>;
  stop: () => Promise<void>;
}>;

/** Publishes what a service makes of the log for other systems. One call at a time; connects with the first. */
export const kafkaPublisher = (kafka: Kafka): KafkaPublisher => {
  let connected: Promise<Producer> | undefined;
  const connect = async (): Promise<Producer> => {
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  };
  const stop = async (): Promise<void> => {
    const producer = await connected?.catch(() => undefined);
    connected = undefined;
    await producer?.disconnect().catch(() => undefined);
  };
  return {
    publish: async (topic, records) => {
      connected ??= connect();
      try {
        const producer = await connected;
        await producer.send({
          topic,
          acks: -1,
          messages: records.map(({ headers, ...record }) => ({ ...record, headers: { ...headers } })),
        });
      } catch (error) {
        await stop(); // a producer that failed may be of no use any more
        throw error;
      }
    },
    stop,
  };
};
