import { connectKafka } from '@slipway/consumers';
import { until } from '@slipway/consumers/contract';
import { type NewEvent, PostgresEventStore, startSequencer } from '@slipway/event-store';
import { stampOf } from '@slipway/event-sourcing';
import { migratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { publishedEnds } from '../last-records.ts';
import { relayMigrations } from '../migrations.ts';
import { startRelay } from '../relay.ts';
import { createTopics } from '../topics.ts';

const WAIT_MS = 20_000;

/** A log of its own with its topics, of which a backup can be made and put in its place. */
export const logWithBackups = async () => {
  const kafka = connectKafka('test', (process.env['KAFKA_BROKERS'] ?? '').split(','));
  const prefix = `recover-${crypto.randomUUID()}`;
  await createTopics(kafka, { prefix, partitions: 2, replication: 1 });
  const database = await migratedDatabase({ directory: relayMigrations, ledger: 'relay', searchPath: 'relay' });
  const server = new pg.Pool({ connectionString: onDatabase(database.url, 'postgres'), max: 1 });
  const made: string[] = [];
  let current = new URL(database.url).pathname.slice(1);
  let pool = new pg.Pool({ connectionString: database.urlOf('planning') });
  const copy = async (): Promise<string> => {
    await pool.end();
    const name = `backup_${crypto.randomUUID().replaceAll('-', '')}`;
    await server.query(`CREATE DATABASE ${name} TEMPLATE ${current}`);
    made.push(name);
    pool = new pg.Pool({ connectionString: log.urlOf('planning') });
    return name;
  };
  const log = {
    kafka,
    prefix,
    url: () => onDatabase(database.url, current),
    urlOf: (role: string) => onDatabase(database.urlOf(role), current),
    store: () => new PostgresEventStore(pool),
    sequencer: (topics = prefix) =>
      startSequencer({ url: log.urlOf('sequencer'), published: () => publishedEnds(kafka, topics) }),
    relay: (topics = prefix) => startRelay({ url: log.urlOf('relay'), kafka, prefix: topics }),
    /** So many events to each of these streams, in one call. */
    append: async (streams: readonly string[], events: number): Promise<void> => {
      const some = () => Array.from({ length: events }, held);
      await log.store().append(streams.map(stream => ({ stream, expect: 'any', events: some() })));
    },
    /** Everything that is committed gets its position and is on Kafka. */
    publish: async (topics = prefix): Promise<number> => {
      const [sequencer, relay] = [log.sequencer(topics), log.relay(topics)];
      try {
        const head = await log.store().settledHead(WAIT_MS);
        await until(() => relay.stats().position >= head);
        return head;
      } finally {
        await Promise.all([sequencer.stop(), relay.stop()]);
      }
    },
    backup: copy,
    /** From now on the log is as it was. */
    restore: async (backup: string): Promise<void> => {
      await pool.end();
      current = backup;
      pool = new pg.Pool({ connectionString: log.urlOf('planning') });
    },
    query: async <Row extends object = Record<string, unknown>>(statement: string): Promise<readonly Row[]> => {
      const client = new pg.Client({ connectionString: log.url() });
      await client.connect();
      try {
        return (await client.query<Row>(statement)).rows;
      } finally {
        await client.end();
      }
    },
    /** Everything that the log is, byte for byte. */
    contents: async () => ({
      log: await log.query(
        `SELECT position, stream, version, id, type, data::text, envelope::text, sequenced_at::text
         FROM store.event_log JOIN store.events USING (stream, version) ORDER BY position`,
      ),
      streams: await log.query('SELECT * FROM store.streams ORDER BY stream'),
      numbers: await log.query('SELECT * FROM store.numbers ORDER BY stream'),
      pending: await log.query('SELECT streams, versions FROM store.pending ORDER BY seq'),
    }),
    stop: async (): Promise<void> => {
      await pool.end();
      for (const name of made) await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.end();
      await database.drop();
    },
  };
  return log;
};

const held = (): NewEvent => ({
  type: 'ReleaseHeld',
  id: uuidv7(),
  data: { text: 'ü \u2028 "q" \\', nested: [{ b: 1, a: 2 }], ...stampOf('person-test') },
  envelope: { correlationId: 'correlation', key: 'key', request: 'request' },
});

export type LogWithBackups = Awaited<ReturnType<typeof logWithBackups>>;

const onDatabase = (address: string, database: string): string => {
  const url = new URL(address);
  url.pathname = database;
  return url.href;
};
