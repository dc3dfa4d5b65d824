import { categories } from '@slipway/contracts';
import { topicOf } from '@slipway/consumers';
import type { Admin, Kafka } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';

/** The relay cannot do its work and a person has to act; the message says how. */
export class RelayRefused extends Error {
  override readonly name = 'RelayRefused';
}

export type TopicOptions = Readonly<{
  prefix: string;
  /** Never changed afterwards: order within a stream is order within a partition. */
  partitions: number;
  replication: number;
  /** Others than those of the stream categories. */
  topics?: readonly string[];
}>;

export const topicsOf = (prefix: string): readonly string[] => categories.map(({ name }) => topicOf(prefix, name));

/** Feeds for other systems, which are made of the log: nobody here reads them. */
export const feedsOf = (prefix: string): readonly string[] => [`${prefix}.cdevents`];

/**
 * The explicit step before anything starts: makes what is missing, one topic a stream category, and leaves alone what is
 * there. Answers the names of those that it made. Records are kept without bound.
 */
export const createTopics = (
  kafka: Kafka,
  { prefix, partitions, replication, topics = topicsOf(prefix) }: TopicOptions,
): Promise<readonly string[]> =>
  administered(kafka, async admin => {
    const existing = new Set(await admin.listTopics());
    const missing = topics.filter(topic => !existing.has(topic));
    if (missing.length === 0) return missing;
    const config = {
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
      'retention.bytes': '-1',
      'min.insync.replicas': replication > 1 ? '2' : '1',
      'unclean.leader.election.enable': 'false',
    };
    const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
    await admin.createTopics({
      waitForLeaders: false, // kafkajs gives up when the broker does not know them at once
      topics: missing.map(topic => ({
        topic,
        numPartitions: partitions,
        replicationFactor: replication,
        configEntries,
      })),
    });
    await untilLed(admin, missing);
    return missing;
  });

const LED_WITHIN_MS = 30_000;

/** Until each partition of these topics has a leader. */
const untilLed = async (admin: Admin, wanted: readonly string[]): Promise<void> => {
  const deadline = performance.now() + LED_WITHIN_MS;
  for (;;) {
    const { topics } = await admin.fetchTopicMetadata();
    const led = topics.filter(
      ({ partitions }) => partitions.length > 0 && partitions.every(({ leader }) => leader >= 0),
    );
    const names = new Set(led.map(({ name }) => name));
    if (wanted.every(topic => names.has(topic))) return;
    if (performance.now() > deadline) throw new Error('the topics were made, but have no leaders yet');
    await pause(50);
  }
};

/** How many partitions each topic has. Throws `RelayRefused` when one is missing. */
export const requireTopics = (kafka: Kafka, prefix: string): Promise<ReadonlyMap<string, number>> =>
  administered(kafka, async admin => {
    const existing = new Set(await admin.listTopics());
    const missing = topicsOf(prefix).filter(topic => !existing.has(topic));
    if (missing.length > 0)
      throw new RelayRefused(`Kafka has no topic ${missing.join(', ')}: run the migration step that creates topics`);
    const { topics } = await admin.fetchTopicMetadata({ topics: [...topicsOf(prefix)] });
    return new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
  });

export const administered = async <Result>(kafka: Kafka, use: (admin: Admin) => Promise<Result>): Promise<Result> => {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await use(admin);
  } finally {
    await admin.disconnect();
  }
};
