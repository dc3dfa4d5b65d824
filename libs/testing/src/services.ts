import { canRunKafka, startKafka, startPostgres } from '@slipway/embedded';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Not for data that anybody wants to keep. */
const QUICK = { fsync: 'off', full_page_writes: 'off', max_connections: 200 };

/**
 * PostgreSQL and Kafka for tests: the given ones (`DATABASE_URL`, `KAFKA_BROKERS`), else embedded ones.
 * Their addresses go into the environment, where workers and child processes find them.
 */
export const startServices = async (): Promise<() => Promise<void>> => {
  const stops = await Promise.all([database(), kafka()]);
  return async () => {
    await Promise.all(stops.map(stop => stop()));
  };
};

const nothingToStop = (): Promise<void> => Promise.resolve();
const directory = (name: string): Promise<string> => mkdtemp(join(tmpdir(), `${name}-`));

const database = async (): Promise<() => Promise<void>> => {
  if (process.env['DATABASE_URL']) return nothingToStop;
  const { url, stop } = await startPostgres({
    directory: await directory('postgres'),
    ephemeral: true,
    settings: QUICK,
  });
  process.env['DATABASE_URL'] = url;
  return stop;
};

const kafka = async (): Promise<() => Promise<void>> => {
  if (process.env['KAFKA_BROKERS'] || !canRunKafka()) return nothingToStop;
  const { broker, stop } = await startKafka(await directory('kafka'));
  process.env['KAFKA_BROKERS'] = broker;
  return stop;
};
