import { localIssuer } from '@slipway/edge';
import { PostgresFailure, startPostgres } from '@slipway/embedded';
import { migrate, roleOf, startSequencer } from '@slipway/event-store';
import { type HostOptions, issuerIn, migrationsOf } from '@slipway/service';
import { localIssuerController } from './local-issuer.controller.ts';
import { services } from './services.ts';

export type StandaloneOptions = Readonly<{
  /** Of the database; made when absent. */
  directory: string;
  /** The database goes when the process does. */
  ephemeral?: boolean;
  httpPort: number;
  grpcPort: number;
  /** What it is doing, for who watches it start. */
  say: (line: string) => void;
}>;

export type Standalone = Readonly<{ host: HostOptions; stop: () => Promise<void> }>;

/** A database of its own, migrated, with a sequencer; what is left is to serve. */
export const prepareStandalone = async (options: StandaloneOptions): Promise<Standalone> => {
  const { directory, ephemeral = false, httpPort, grpcPort, say } = options;
  say(`Starting PostgreSQL in ${directory} …`);
  const postgres = await startPostgres({ directory, ephemeral, settings: { max_connections: 200 } });
  say('Bringing the schemas up to date …');
  await migrate(postgres.url, ...services.flatMap(({ name, migrations }) => migrationsOf(name, migrations)));
  const urlOf = (service: string): string => urlAs(postgres.url, roleOf(service));
  const sequencer = startSequencer({ url: urlOf('sequencer') });
  return {
    host: {
      services,
      urlOf,
      transport: { kind: 'log' },
      httpPort,
      grpcPort,
      poolSize: 8,
      ...(await issuerFor(httpPort)),
    },
    stop: async () => {
      await sequencer.stop();
      await postgres.stop();
    },
  };
};

/** Ends the process, and says why on one line, when its database does not start. */
export const orGiveUp = (prepared: Promise<Standalone>): Promise<Standalone> =>
  prepared.catch((error: unknown) => {
    if (!(error instanceof PostgresFailure)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  });

const urlAs = (database: string, role: string): string => {
  const url = new URL(database);
  url.username = role;
  return url.href;
};

// The local issuer never starts beside an outside one.
const issuerFor = async (httpPort: number): Promise<Pick<HostOptions, 'issuer' | 'controllers' | 'address'>> => {
  const outside = issuerIn(process.env);
  if (outside) return { issuer: outside };
  const issuer = await localIssuer(`http://localhost:${httpPort}/local-issuer`, 'slipway');
  // It gives a token to whoever asks, so it is there for this machine only.
  return { issuer, controllers: [localIssuerController(issuer)], address: '127.0.0.1' };
};
