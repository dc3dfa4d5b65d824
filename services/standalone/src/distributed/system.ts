import { connectKafka } from '@slipway/consumers';
import { localIssuer } from '@slipway/edge';
import { type BoundProcess, freePort, startBound } from '@slipway/embedded';
import { roleOf } from '@slipway/event-store';
import { testDatabase } from '@slipway/testing';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Stage } from '../story/teller.ts';
import { serveHttp, startProxy } from './proxy.ts';

export const ALL = [
  'relay',
  'catalog',
  'planning',
  'change-approval',
  'deployment-execution',
  'incident-correlation',
  'metrics',
  'audit',
  'notification',
] as const;
export type ServiceName = (typeof ALL)[number];

/** Every service as a process of its own, through a real broker. */
export type System = Omit<Stage, 'say' | 'between'> &
  Readonly<{
    /** Of the administrator, and of the role of a service. */
    databaseUrl: string;
    databaseUrlOf: (service: string) => string;
    broker: Readonly<{
      brokers: readonly string[];
      /** Of the topics. */
      prefix: string;
    }>;
    portsOf: (service: ServiceName) => Ports;
    processOf: (service: ServiceName) => Promise<BoundProcess>;
    /** SIGKILL; it begins again by itself, while others go on. */
    kill: (service: ServiceName) => Promise<void>;
    /** Resolves when all serve. */
    serving: () => Promise<void>;
    stop: () => Promise<void>;
  }>;

export type Ports = Readonly<{ http: number; grpc: number }>;

type Options = Readonly<{ services?: readonly ServiceName[]; environment?: NodeJS.ProcessEnv }>;

const ROOT = new URL('../../../../', import.meta.url);
const PASSWORD = 'slipway';
const AUDIENCE = 'slipway';

const pathOf = (file: string): string => fileURLToPath(new URL(file, ROOT));

/** On PostgreSQL and Kafka as the environment says, with a database and topics of its own. */
export const startSystem = async ({ services = ALL, environment = {} }: Options = {}): Promise<System> => {
  const database = await testDatabase();
  const brokers = process.env['KAFKA_BROKERS'] ?? '';
  const prefix = `story-${randomUUID().slice(0, 8)}`;
  await migrate({ DATABASE_URL: database.url, KAFKA_BROKERS: brokers, TOPIC_PREFIX: prefix });

  const issuer = await localIssuer('https://issuer.test', AUDIENCE);
  const keys = await serveHttp((_, response) => void response.end(JSON.stringify(issuer.jwks)));
  const secrets = { github: randomUUID(), alertmanager: randomUUID() };
  const databaseUrlOf = (service: string): string => urlAs(database.url, service);
  const shared = {
    ...environment,
    NODE_ENV: 'production',
    KAFKA_BROKERS: brokers,
    TOPIC_PREFIX: prefix,
    OIDC_ISSUER: issuer.issuer,
    OIDC_AUDIENCE: AUDIENCE,
    OIDC_JWKS_URL: keys.url,
    GITHUB_WEBHOOK_SECRET: secrets.github,
    ALERTMANAGER_WEBHOOK_TOKEN: secrets.alertmanager,
  };

  const ports = new Map<string, Ports>();
  for (const service of services) ports.set(service, { http: await freePort(), grpc: await freePort() });
  const portsOf = (service: ServiceName): Ports => ports.get(service) ?? { http: 0, grpc: 0 };
  const begin = (service: ServiceName): Promise<BoundProcess> =>
    startService(service, { ...shared, ...portsAsVariables(portsOf(service)), ...databases(service, databaseUrlOf) });

  const processes = new Map<ServiceName, Promise<BoundProcess>>();
  const start = (service: ServiceName): void => {
    const starting = begin(service);
    starting.catch(() => undefined); // met by who waits for it
    processes.set(service, starting);
  };
  const processOf = (service: ServiceName): Promise<BoundProcess> =>
    processes.get(service) ?? Promise.reject(new Error(`${service} is not part of this system`));
  const serving = async (): Promise<void> => void (await Promise.all(processes.values()));
  services.forEach(start);
  const proxy = await startProxy(service => ports.get(service)?.http);

  const stop = async (): Promise<void> => {
    const started = await Promise.allSettled(processes.values());
    await Promise.all(started.flatMap(each => (each.status === 'fulfilled' ? [each.value.stop()] : [])));
    await proxy.stop();
    await keys.stop();
    await deleteTopics(brokers.split(','), prefix);
    await database.drop();
  };
  await serving().catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    url: proxy.url,
    tokenFor: (subject, roles) => issuer.sign(subject, roles),
    secrets,
    databaseUrl: database.url,
    databaseUrlOf,
    broker: { brokers: brokers.split(','), prefix },
    portsOf,
    processOf,
    kill: async service => {
      await (await processOf(service)).kill();
      start(service);
    },
    serving,
    stop,
  };
};

/** As people do: `slipway migrate --topics`. */
const migrate = async (environment: NodeJS.ProcessEnv): Promise<void> => {
  const passwords = [...ALL, 'sequencer'].map(service => [passwordVariable(service), PASSWORD]);
  const { ended, output } = await startBound({
    command: process.execPath,
    args: ['--no-warnings', pathOf('services/cli/dist/main.js'), 'migrate', '--topics'],
    ready: 'Topics made',
    stopSignal: 'TERM',
    env: { ...(Object.fromEntries(passwords) as NodeJS.ProcessEnv), ...environment },
  });
  if ((await ended) !== 0) throw new Error(`slipway migrate failed:\n${output()}`);
};

const passwordVariable = (service: string): string => `SLIPWAY_${service.replaceAll('-', '_').toUpperCase()}_PASSWORD`;

const startService = (service: ServiceName, env: NodeJS.ProcessEnv): Promise<BoundProcess> => {
  const telemetry = pathOf('libs/telemetry/dist/start.js');
  return startBound({
    command: process.execPath,
    args: ['--no-warnings', '--import', telemetry, pathOf(`services/${service}/dist/main.js`)],
    ready: 'serving on',
    stopSignal: 'TERM',
    env,
  });
};

const portsAsVariables = ({ http, grpc }: Ports): NodeJS.ProcessEnv => ({ PORT: `${http}`, GRPC_PORT: `${grpc}` });

const databases = (service: ServiceName, urlOf: (service: string) => string): NodeJS.ProcessEnv => ({
  DATABASE_URL: urlOf(service),
  ...(service === 'relay' && { SEQUENCER_DATABASE_URL: urlOf('sequencer') }),
});

const urlAs = (database: string, service: string): string => {
  const url = new URL(database);
  [url.username, url.password] = [roleOf(service), PASSWORD];
  return url.href;
};

const deleteTopics = async (brokers: readonly string[], prefix: string): Promise<void> => {
  const admin = connectKafka('slipway-story', brokers).admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter(topic => topic.startsWith(`${prefix}.`));
  await admin.deleteTopics({ topics });
  await admin.disconnect();
};
