import { roleOf } from '@slipway/event-store';

/** What every part is told when it is started, as JSON in its only argument. */
export type Surroundings = Readonly<{
  /** `writer-1`: of this part. */
  name: string;
  /** Of the administrator, straight to the server. */
  databaseUrl: string;
  /** The same through the proxy that cuts connections. */
  proxiedUrl: string;
  broker: string;
  /** Of the topics. */
  prefix: string;
  /** The raw run: ledgers, what was seen, what the parts said. */
  directory: string;
  seed: number;
}>;

export const PREFIX = 'faults';

/** The role of a service on the same server. */
export const urlAs = (url: string, service: string): string => {
  const as = new URL(url);
  as.username = roleOf(service);
  return as.href;
};

export const surroundings = (): Surroundings => JSON.parse(process.argv[2] ?? '') as Surroundings;

/** How many events a second all writers together append; a file, so that it can be changed under way. */
export const RATE_FILE = 'rate';
