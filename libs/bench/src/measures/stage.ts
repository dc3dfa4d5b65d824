import { type BoundProcess, freePort, startBound } from '@slipway/embedded';
import { roleOf } from '@slipway/event-store';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type pg from 'pg';
import { type Stage as Servers, startStage, withClient } from '../stage.ts';
import { processOf } from './proc.ts';

/** A durable PostgreSQL and a broker, empty but for what `slipway migrate` makes. Both end with this process. */
export type Stage = Readonly<{
  /** Of the administrator, and of a role: `planning`, `sequencer`, `relay`. */
  databaseUrl: string;
  urlOf: (role: string) => string;
  broker: string;
  prefix: string;
  /** Process ids. */
  postgres: number;
  kafka: number;
  servers: Servers;
  stop: () => Promise<void>;
}>;

/** A process of ours, started as `npm start` starts one. */
export type Program = Readonly<{ pid: number; url: string; stop: () => Promise<void>; kill: () => Promise<void> }>;

const PREFIX = 'measured';
const ROOT = new URL('../../../../', import.meta.url);
const TELEMETRY = new URL('libs/telemetry/dist/start.js', ROOT).href;

/** The table of the view that counts by adding one, in the schema of the service whose events are appended. */
const VIEW = 'CREATE TABLE planning.measured (stream text COLLATE "C" PRIMARY KEY, count int NOT NULL)';

export const setStage = async (): Promise<Stage> => {
  const servers = await startStage();
  try {
    const broker = await servers.broker();
    const databaseUrl = await servers.database('measured', url => preparedDatabase(url, broker.address));
    return {
      databaseUrl,
      urlOf: role => urlAs(databaseUrl, role),
      broker: broker.address,
      prefix: PREFIX,
      postgres: servers.postgresPid,
      kafka: broker.pid,
      servers,
      stop: servers.stop,
    };
  } catch (error) {
    await servers.stop();
    throw error;
  }
};

/** What an operator runs before anything starts, and the view. Without a broker: no topics. */
export const preparedDatabase = async (url: string, broker = ''): Promise<void> => {
  await promisify(execFile)(
    process.execPath,
    [pathOf('services/cli/dist/main.js'), 'migrate', ...(broker ? ['--topics'] : [])],
    { env: { ...process.env, DATABASE_URL: url, KAFKA_BROKERS: broker, TOPIC_PREFIX: PREFIX } },
  );
  await query(url, VIEW);
};

/** The sequencer and the relay: one process hosts both. */
export const startLeaders = (stage: Stage): Promise<Program> =>
  startProgram('services/relay/dist/main.js', {
    SEQUENCER_DATABASE_URL: stage.urlOf('sequencer'),
    RELAY_DATABASE_URL: stage.urlOf('relay'),
    KAFKA_BROKERS: stage.broker,
    TOPIC_PREFIX: stage.prefix,
  });

export const startProgram = async (module: string, environment: NodeJS.ProcessEnv): Promise<Program> => {
  const mark = randomUUID(); // a further argument, by which its process is found
  const port = await freePort();
  const { stop, kill }: BoundProcess = await startBound({
    command: process.execPath,
    args: ['--no-warnings', '--import', TELEMETRY, pathOf(module), mark],
    ready: 'serving on',
    stopSignal: 'TERM',
    env: { NODE_ENV: 'production', PORT: String(port), GRPC_PORT: String(await freePort()), ...environment },
  });
  return { pid: processOf(process.execPath, mark), url: `http://127.0.0.1:${port}`, stop, kill };
};

export const urlAs = (databaseUrl: string, role: string): string => {
  const url = new URL(databaseUrl);
  url.username = roleOf(role);
  return url.href;
};

/** One statement as whoever the URL names. */
export const query = <Row extends pg.QueryResultRow>(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> => withClient(url, async client => (await client.query<Row>(text, [...values])).rows);

const pathOf = (file: string): string => fileURLToPath(new URL(file, ROOT));
