import {
  connectKafka,
  consumerTransport,
  type ConsumerTransport,
  type LogHints,
  type Parking,
  parkingOf,
  progressOf,
  projecting,
  reacting,
  type Rebuilder,
  type Source,
  type Subscription,
  type Standings,
  standingsOf,
  startDispatcher,
  startRebuilder,
} from '@slipway/consumers';
import { appendHint, Directory, Grants, PostgresEventStore, schemaOf, Seals } from '@slipway/event-store';
import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { carryOutOf } from './carry-out.ts';
import { processesOf, type ServiceDefinition } from './definition.ts';
import { Service } from './service.ts';

/** How events come: read from the log in its order, or from Kafka. */
export type Transport =
  Readonly<{ kind: 'log' }> | Readonly<{ kind: 'kafka'; brokers: readonly string[]; prefix: string }>;

export type Running = Readonly<{
  definition: ServiceDefinition;
  service: Service;
  parking: Parking;
  processes: Subscription;
  rebuilder: Rebuilder;
  standings: Standings;
  transports: readonly ConsumerTransport[];
  subscriptions: readonly Subscription[];
  copies: readonly Subscription[];
  source: Source;
  log: Source;
  pool: pg.Pool;
  stop: () => Promise<void>;
}>;

type Surroundings = Readonly<{ urlOf: (service: string) => string; transport: Transport; poolSize?: number }>;

/** Everything of a service but its doors. Its consumers run once the application starts their transports. */
export const runService = async (
  definition: ServiceDefinition,
  { urlOf, transport, poolSize = 10 }: Surroundings,
  hints: LogHints,
): Promise<Running> => {
  const url = urlOf(definition.name);
  const dataSource = await dataSourceOf(definition, url, poolSize).initialize();
  const pool = poolOf(dataSource);
  const hint = appendHint(url);
  const store = new PostgresEventStore(pool, hint);
  const log: Source = { kind: 'log', store, pool, hints, onError: warn };
  const source: Source =
    transport.kind === 'log'
      ? log
      : { ...transport, store, pool, onError: warn, kafka: connectKafka(definition.name, transport.brokers) };
  const processes = reacting(definition.name, processesOf(definition));
  const views = [...definition.views.map(projecting), ...(definition.processes.length > 0 ? [processes] : [])];
  const copies = (definition.copies ?? []).map(projecting);
  const service = new Service({
    definition,
    store,
    dataSource,
    directory: new Directory(pool),
    seals: new Seals(pool),
    grants: new Grants(pool),
    progress: progressOf(source),
    copied: progressOf(log),
    hints,
  });
  const dispatcher = startDispatcher({
    service: definition.name,
    pool,
    processes,
    carryOut: carryOutOf(service),
    onError: error => warn('instructions', error),
  });
  const rebuilder = startRebuilder({
    service: definition.name,
    pool,
    views: [
      ...definition.views.map(projection => ({ projection, source })),
      ...(definition.copies ?? []).map(projection => ({ projection, source: log })),
    ],
    onError: warn,
  });
  const standings = standingsOf(pool, [
    ...views.map(view => ({ view, source })),
    ...copies.map(view => ({ view, source: log })),
  ]);
  return {
    definition,
    service,
    subscriptions: views,
    copies,
    source,
    log,
    pool,
    parking: parkingOf(source, [...views, ...copies]),
    processes,
    rebuilder,
    standings,
    transports: [
      ...views.map(view => consumerTransport(source, view)),
      ...copies.map(copy => consumerTransport(log, copy)),
    ],
    stop: async () => {
      await Promise.all([dispatcher.stop(), rebuilder.stop(), standings.stop()]);
      await hint.stop();
      await dataSource.destroy();
    },
  };
};

const dataSourceOf = (definition: ServiceDefinition, url: string, poolSize: number): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    schema: schemaOf(definition.name),
    entities: [...definition.entities] as never,
    applicationName: `slipway-${definition.name}`,
    poolSize,
    extra: { options: `-c search_path=${schemaOf(definition.name)}`, keepAlive: true, connectionTimeoutMillis: 5_000 },
    installExtensions: false,
  });

// The pool is the DataSource's, so that a projection and a repository can share a transaction.
const poolOf = (dataSource: DataSource): pg.Pool => (dataSource.driver as unknown as { master: pg.Pool }).master;

const logger = new Logger('consumers');
const warn = (consumer: string, error: unknown): void =>
  logger.warn(`${consumer}: ${error instanceof Error ? error.message : String(error)}; trying again`);
