import { progressOf } from '@slipway/consumers';
import { categoryNamed } from '@slipway/contracts';
import { localIssuer } from '@slipway/edge';
import { type AppendHint, appendHint, PostgresEventStore, startSequencer } from '@slipway/event-store';
import { type Message, stampOf } from '@slipway/event-sourcing';
import { freePort } from '@slipway/embedded';
import { migratedDatabase } from '@slipway/testing';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import request, { type Test } from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import type { ServiceDefinition } from './definition.ts';
import { createHost, type Host } from './host.ts';
import { migrationsOf } from './migrations.ts';
import type { Running } from './running.ts';

export { type GrpcCalls, grpcCalls } from './testing-grpc.ts';

/** A client with a token. */
export type Client = Readonly<{
  token: string;
  get: (path: string) => Test;
  post: (path: string, body?: object) => Test;
  put: (path: string, body?: object) => Test;
  patch: (path: string, body?: object) => Test;
}>;

export type TestService = Readonly<{
  host: Host;
  url: string;
  grpcAddress: string;
  /** By the name of a service: the database as its role. */
  databaseUrl: (service: string) => string;
  /** Somebody with a token of these roles. */
  as: (subject: string, ...roles: string[]) => Promise<Client>;
  /** Events of any service, appended as its role: what this service would have heard. Answers the last version. */
  append: (category: string, id: string, ...events: Fact[]) => Promise<number>;
  /** The events of a stream. */
  events: (stream: string) => Promise<readonly Message[]>;
  /** Resolves when all that was committed is applied, and all that follows from it is done. */
  caughtUp: () => Promise<void>;
  stop: () => Promise<void>;
}>;

/** `data` without the stamp, which is filled in where it is not given. */
export type Fact = Readonly<{ type: string; data: object }>;

const TEST_ISSUER = 'https://issuer.test';

/** Services for an integration test: a database of their own, a sequencer, HTTP and gRPC, events over the log. */
export const testService = async (...services: [ServiceDefinition, ...ServiceDefinition[]]): Promise<TestService> => {
  const database = await migratedDatabase(
    ...services.flatMap(({ name, migrations }) => migrationsOf(name, migrations)),
  );
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const issuer = await localIssuer(TEST_ISSUER, 'slipway');
  const grpcPort = await freePort();
  const host = await createHost({
    services,
    urlOf: database.urlOf,
    transport: { kind: 'log' },
    issuer,
    httpPort: 0,
    grpcPort,
    poolSize: 6,
  });
  await host.app.startAllMicroservices();
  await host.app.listen(0);
  const { port } = host.app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const writers = writersOf(database.urlOf);
  return {
    host,
    url,
    grpcAddress: `127.0.0.1:${grpcPort}`,
    databaseUrl: database.urlOf,
    as: async (subject, ...roles) => clientOf(url, await issuer.sign(subject, roles)),
    append: (category, id, ...events) => append(writers.storeOf(category), `${category}-${id}`, events),
    events: async stream => (await writers.storeOf(stream.slice(0, stream.indexOf('-'))).read(stream)).events,
    caughtUp: () => caughtUp(host.running),
    stop: async () => {
      await host.close();
      await writers.close();
      await sequencer.stop();
      await database.drop();
    },
  };
};

const clientOf = (url: string, token: string): Client => {
  const withToken = (test: Test): Test => test.set('Authorization', `Bearer ${token}`);
  return {
    token,
    get: path => withToken(request(url).get(path)),
    post: (path, body = {}) => withToken(request(url).post(path)).send(body),
    put: (path, body = {}) => withToken(request(url).put(path)).send(body),
    patch: (path, body = {}) => withToken(request(url).patch(path)).send(body),
  };
};

const writersOf = (urlOf: (service: string) => string) => {
  const stores = new Map<string, { pool: pg.Pool; hint: AppendHint; store: PostgresEventStore }>();
  return {
    storeOf: (category: string): PostgresEventStore => {
      const context = categoryNamed(category)?.context;
      if (!context) throw new Error(`no contract knows the category ${category}`);
      const known = stores.get(context);
      if (known) return known.store;
      const pool = new pg.Pool({ connectionString: urlOf(context), max: 2 });
      const hint = appendHint(urlOf(context));
      const store = new PostgresEventStore(pool, hint);
      stores.set(context, { pool, hint, store });
      return store;
    },
    close: async (): Promise<void> => {
      for (const { pool, hint } of stores.values()) {
        await hint.stop();
        await pool.end();
      }
    },
  };
};

const append = async (store: PostgresEventStore, stream: string, facts: readonly Fact[]): Promise<number> => {
  const { version } = await store.read(stream);
  const stamp = stampOf('person-00000000-0000-7000-8000-000000000001', new Date().toISOString());
  const correlationId = uuidv7();
  const events = facts.map(({ type, data }) => ({
    type,
    data: { ...stamp, ...data },
    id: uuidv7(),
    envelope: { correlationId },
  }));
  const versions = await store.append([{ stream, expect: version || 'no-stream', events }]);
  return versions.get(stream) ?? version;
};

const PATIENCE_MS = 20_000;

// What a process does may cause more: all is done when a whole round found nothing new.
const caughtUp = async (running: readonly Running[]): Promise<void> => {
  const [first] = running;
  if (!first) return;
  for (let settled = -1; ;) {
    const head = await first.service.store.settledHead(PATIENCE_MS);
    await Promise.all(running.map(each => reached(each, head)));
    await Promise.all(running.map(instructionsDone));
    const after = await first.service.store.settledHead(PATIENCE_MS);
    if (after === head && settled === head) return;
    settled = head;
  }
};

const reached = async ({ subscriptions, source, log, copies }: Running, head: number): Promise<void> => {
  await Promise.all([
    ...subscriptions.map(each => orFail(progressOf(source).waitUntil(each, head, PATIENCE_MS), each.consumer)),
    ...copies.map(each => orFail(progressOf(log).waitUntil(each, head, PATIENCE_MS), each.consumer)),
  ]);
};

const orFail = async (passed: Promise<string>, consumer: string): Promise<void> => {
  const how = await passed;
  if (how !== 'passed') throw new Error(`${consumer} is ${how}: it did not catch up within ${PATIENCE_MS} ms`);
};

const DUE = `
  SELECT count(*)::int AS due FROM instructions
  WHERE status = 'pending' AND (due_at IS NULL OR due_at <= clock_timestamp())`;

const instructionsDone = async ({ pool, definition }: Running): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const { rows } = await pool.query<{ due: number }>(DUE);
    if (rows[0]?.due === 0) return;
    if (performance.now() > deadline)
      throw new Error(`${definition.name} still has ${rows[0]?.due} instructions to carry out`);
    await pause(POLL_MS);
  }
};

const POLL_MS = 5;
