import { canRunKafka, startKafka, startPostgres } from '@slipway/embedded';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canRunContainers, kafkaContainer, postgresContainer, type Service } from './containers.ts';

/** Not for data that anybody wants to keep. */
const QUICK = { fsync: 'off', full_page_writes: 'off', max_connections: 200 };

type Starter = Readonly<{
  name: string;
  /** The environment variable with its address. */
  variable: string;
  container: () => Promise<Service>;
  /** Undefined where it cannot run. */
  embedded: () => Promise<Service | undefined>;
}>;

/**
 * PostgreSQL and Kafka for tests: the given ones (`DATABASE_URL`, `KAFKA_BROKERS`), else in containers where an engine
 * answers, else embedded ones. Their addresses go into the environment, where workers and child processes find them.
 */
export const startServices = async (): Promise<() => Promise<void>> => {
  const containers = await canRunContainers();
  const started = await Promise.all([POSTGRES, KAFKA].map(starter => start(starter, containers)));
  return async () => {
    await Promise.all(started.map(service => service?.stop() ?? Promise.resolve()));
  };
};

const start = async (starter: Starter, containers: boolean): Promise<Service | undefined> => {
  const { name, variable, embedded } = starter;
  if (process.env[variable]) return say(`${name}: the one in ${variable}`);
  const service = (containers ? await inContainer(starter) : undefined) ?? (await embedded());
  if (service) process.env[variable] = service.address;
  return service;
};

const inContainer = async ({ name, container }: Starter): Promise<Service | undefined> => {
  say(`${name}: starting a container`);
  try {
    return await container();
  } catch (error) {
    return say(`${name}: no container (${(error as Error).message.split('\n', 1)[0]})`);
  }
};

const POSTGRES: Starter = {
  name: 'PostgreSQL',
  variable: 'DATABASE_URL',
  container: () => postgresContainer(QUICK),
  embedded: async () => {
    say('PostgreSQL: starting the embedded one');
    const { url, stop } = await startPostgres({
      directory: await directory('postgres'),
      ephemeral: true,
      settings: QUICK,
    });
    return { address: url, stop };
  },
};

const KAFKA: Starter = {
  name: 'Kafka',
  variable: 'KAFKA_BROKERS',
  container: kafkaContainer,
  embedded: async () => {
    if (!canRunKafka()) return say('Kafka: none, since there is neither a container engine nor Java 17 with Maven');
    say('Kafka: starting the embedded one');
    const { broker, stop } = await startKafka(await directory('kafka'));
    return { address: broker, stop };
  },
};

const directory = (name: string): Promise<string> => mkdtemp(join(tmpdir(), `${name}-`));

const say = (line: string): undefined => {
  process.stderr.write(`${line}\n`);
};
