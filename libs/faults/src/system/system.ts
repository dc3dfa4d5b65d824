import { connectKafka, consumersMigrations, type Progress, progressOf } from '@slipway/consumers';
import { migrate, PostgresEventStore } from '@slipway/event-store';
import { createTopics, relayMigrations } from '@slipway/relay';
import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { type Ledger, openLedger } from '../load/ledger.ts';
import { createTallies } from '../load/tally.ts';
import { Part, type Program } from './part.ts';
import { type Proxy, startProxy } from './proxy.ts';
import { Broker, Database } from './servers.ts';
import { PREFIX, RATE_FILE, type Surroundings, urlAs } from './surroundings.ts';

/** What faults are done to. */
export type System = Readonly<{
  database: Database;
  broker: Broker;
  kafka: ReturnType<typeof connectKafka>;
  proxy: Proxy;
  /** The administrator's, straight to the server. */
  pool: pg.Pool;
  /** Of the service that writes, straight to the server. */
  servicePool: pg.Pool;
  store: PostgresEventStore;
  /** Of what this process itself asks through the store. */
  ledger: Ledger;
  progress: Progress;
  /** The raw run. */
  directory: string;
  parts: readonly Part[];
  partsOf: (...programs: readonly Program[]) => readonly Part[];
  /** One more of a kind; not among the parts. */
  another: (program: Program, name: string) => Part;
  /** Of all writers together, events a second. */
  rate: (eventsPerSecond: number) => void;
  stop: () => Promise<void>;
}>;

const PARTS: readonly (readonly [Program, string])[] = [
  ['sequencer', 'sequencer-1'],
  ['sequencer', 'sequencer-2'],
  ['relay', 'relay-1'],
  ['relay', 'relay-2'],
  ['kafka-consumer', 'kafka-consumer-1'],
  ['kafka-consumer', 'kafka-consumer-2'],
  ['log-consumer', 'log-consumer-1'],
  ['writer', 'writer-1'],
  ['writer', 'writer-2'],
];
/** Another database of the cluster. */
export const ELSEWHERE = 'elsewhere';
const WRITERS = PARTS.filter(([program]) => program === 'writer').length;

type Options = Readonly<{
  directory: string;
  seed: number;
  /** Of Node, for every part. */
  flags: readonly string[];
  /** Before any part runs. */
  prepare?: ((client: pg.ClientBase) => Promise<void>) | undefined;
}>;

/** Durable servers of its own, and every part as a process of its own. The writers wait for `rate`. */
export const startSystem = async ({ directory, seed, flags, prepare }: Options): Promise<System> => {
  await mkdir(directory, { recursive: true });
  const [database, broker] = await Promise.all([Database.made(), Broker.made()]);
  const pool = survivingPool(database.url, 4);
  await prepareDatabase(database.url, prepare);
  const kafka = connectKafka('faults', [broker.address]);
  await createTopics(kafka, { prefix: PREFIX, partitions: 4, replication: 1 });
  const proxy = await startProxy(database.url);
  const around: Omit<Surroundings, 'name'> = {
    databaseUrl: database.url,
    proxiedUrl: proxy.url,
    broker: broker.address,
    prefix: PREFIX,
    directory,
    seed,
  };
  const another = (program: Program, name: string): Part => new Part(program, { ...around, name }, flags);
  const parts = PARTS.map(([program, name]) => another(program, name));
  const servicePool = survivingPool(urlAs(database.url, 'planning'), 4, '-c search_path=planning');
  const store = new PostgresEventStore(servicePool);
  const ledger = await openLedger(join(directory, 'suite.ledger'));
  const rate = (eventsPerSecond: number): void =>
    writeFileSync(join(directory, RATE_FILE), `${eventsPerSecond / WRITERS}`);
  rate(0);
  await Promise.all(parts.map(part => part.start()));
  return {
    database,
    broker,
    kafka,
    proxy,
    pool,
    servicePool,
    store,
    ledger,
    progress: progressOf({ kind: 'kafka', kafka, prefix: PREFIX, store, pool: servicePool }),
    directory,
    parts,
    partsOf: (...programs) => parts.filter(({ program }) => programs.includes(program)),
    another,
    rate,
    stop: async () => {
      await Promise.all(parts.map(part => part.stop()));
      await proxy.stop();
      await ledger.close();
      await Promise.all([pool.end(), servicePool.end()]);
      await Promise.all([database.remove(), broker.remove()]);
    },
  };
};

const survivingPool = (url: string, max: number, options = ''): pg.Pool =>
  new pg.Pool({ connectionString: url, max, options }).on('error', () => undefined);

/** What an operator runs before anything starts, and the projections. */
export const prepareDatabase = async (url: string, prepare?: Options['prepare']): Promise<void> => {
  await migrate(
    url,
    { directory: consumersMigrations, ledger: 'planning/consumers', searchPath: 'planning' },
    { directory: relayMigrations, ledger: 'relay', searchPath: 'relay' },
  );
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await createTallies(client);
    await client.query(`CREATE DATABASE ${ELSEWHERE}`);
    await prepare?.(client);
  } finally {
    await client.end();
  }
};
