import { connectKafka } from '@slipway/consumers';
import { migrate, setPasswords } from '@slipway/event-store';
import { createTopics, feedsOf, relayMigrations } from '@slipway/relay';
import { migrationsOf } from '@slipway/service';
import pg from 'pg';

/** The store, the relay, and what each service keeps; then the passwords of their roles, by service. */
export const migrateDatabase = async (
  url: string,
  services: readonly (readonly [name: string, migrations: URL])[],
  passwords: Readonly<Record<string, string>>,
): Promise<void> => {
  const relay = { directory: relayMigrations, ledger: 'relay', searchPath: 'relay' };
  await migrate(url, relay, ...services.flatMap(([name, migrations]) => migrationsOf(name, migrations)));
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await setPasswords(client, passwords);
  } finally {
    await client.end();
  }
};

export type Topics = Readonly<{ brokers: readonly string[]; prefix: string; partitions: number; replication: number }>;

/** Makes the topics that are missing, and answers their names. */
export const createKafkaTopics = async ({ brokers, ...options }: Topics): Promise<readonly string[]> => {
  const kafka = connectKafka('slipway-migrate', brokers);
  const made = await createTopics(kafka, options);
  return [...made, ...(await createTopics(kafka, { ...options, topics: feedsOf(options.prefix) }))];
};
