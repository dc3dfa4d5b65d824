import { startKafka, startPostgres } from '@slipway/embedded';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { descendantNamed, parentOf } from './processor-time.ts';

/** A server that keeps what it said it had; each store has a database of its own on it. */
export type Stage = Readonly<{
  /** Makes a database of this name, fills it, and answers its address. */
  database: (name: string, prepare: (url: string) => Promise<unknown>) => Promise<string>;
  /** Writes out what is dirty, so that a round does not pay for the one before it. */
  settle: () => Promise<void>;
  postgresPid: number;
  /** Starts the broker at the first call. */
  broker: () => Promise<Broker>;
  directory: string;
  stop: () => Promise<void>;
}>;

export type Broker = Readonly<{ address: string; pid: number }>;

/** Everything else is as PostgreSQL comes. */
export const SERVER_SETTINGS = {
  max_connections: 300,
  shared_buffers: '1GB',
  max_wal_size: '8GB',
  checkpoint_timeout: '30min',
};

export const startStage = async (): Promise<Stage> => {
  const directory = await mkdtemp(join(tmpdir(), 'bench-'));
  const postgres = await startPostgres({ directory, ephemeral: true, settings: SERVER_SETTINGS });
  const postgresPid = await withClient(postgres.url, async client => {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return parentOf(rows[0]?.pid ?? 0);
  });
  const kafka = lazily(async () => startKafka(await mkdtemp(join(tmpdir(), 'bench-kafka-'))));
  return {
    directory,
    postgresPid,
    database: async (name, prepare) => {
      await withClient(postgres.url, client => client.query(`CREATE DATABASE ${name}`));
      const url = new URL(postgres.url);
      url.pathname = name;
      await prepare(url.href);
      return url.href;
    },
    settle: async () => {
      await withClient(postgres.url, client => client.query('CHECKPOINT'));
    },
    broker: async () => ({ address: (await kafka.value()).broker, pid: descendantNamed('java') }),
    stop: async () => {
      if (kafka.begun()) await (await kafka.value()).stop();
      await postgres.stop();
    },
  };
};

export const withClient = async <Result>(url: string, use: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
};

const lazily = <Value>(make: () => Promise<Value>) => {
  let made: Promise<Value> | undefined;
  return { begun: () => made !== undefined, value: () => (made ??= make()) };
};
