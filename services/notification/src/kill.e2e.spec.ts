import { localIssuer } from '@slipway/edge';
import { type BoundProcess, freePort, startBound } from '@slipway/embedded';
import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import { stampOf } from '@slipway/event-sourcing';
import { migrationsOf } from '@slipway/service';
import { migratedDatabase } from '@slipway/testing';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type Heard, type Receiver, startReceiver } from './webhooks/example-receiver.ts';

const SUBSCRIPTIONS = 3;
const ROUNDS = 5;
const EVENTS_A_ROUND = 60;

/** The service as a process of its own, on a database of this file's. */
const startStage = async () => {
  const database = await migratedDatabase(...migrationsOf('notification', new URL('../migrations/', import.meta.url)));
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const issuer = await localIssuer('https://issuer.test', 'slipway');
  const keys = createServer((_, response) => void response.end(JSON.stringify(issuer.jwks))).listen(0, '127.0.0.1');
  await once(keys, 'listening');
  const port = await freePort();
  const grpcPort = await freePort();
  const pool = new pg.Pool({ connectionString: database.urlOf('planning'), max: 4 });
  const store = new PostgresEventStore(pool);
  const token = await issuer.sign('rita@example.org', ['release-manager']);
  return {
    start: (): Promise<BoundProcess> =>
      startBound({
        command: process.execPath,
        args: ['--no-warnings', fileURLToPath(new URL('../dist/main.js', import.meta.url))],
        ready: 'serving on',
        stopSignal: 'TERM',
        env: {
          DATABASE_URL: database.urlOf('notification'),
          KAFKA_BROKERS: '',
          OIDC_ISSUER: issuer.issuer,
          OIDC_JWKS_URL: `http://127.0.0.1:${(keys.address() as AddressInfo).port}`,
          PORT: String(port),
          GRPC_PORT: String(grpcPort),
          WEBHOOK_ALLOW_HTTP: 'true',
          WEBHOOK_ALLOWED_NETWORKS: '127.0.0.1/32',
          WEBHOOK_TIMEOUT_SECONDS: '1',
          WEBHOOK_RETRY_SECONDS: '0.2,0.2,0.2,0.2,0.2,0.2,0.2,0.2',
        },
      }),
    subscribe: async (url: string): Promise<void> => {
      const response = await fetch(`http://127.0.0.1:${port}/v1/subscriptions`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ title: 'x', webhook: { url }, filter: { types: ['dev.slipway.release-ready.v1'] } }),
      });
      if (response.status !== 201) throw new Error(await response.text());
    },
    /** Answers its id, once it is committed. */
    append: async (): Promise<string> => {
      const id = uuidv7();
      const data = stampOf('person-00000000-0000-7000-8000-000000000001', new Date().toISOString());
      const event = { type: 'ReleaseReady', data, id, envelope: { correlationId: id } };
      await store.append([{ stream: `release-${id}`, expect: 'no-stream', events: [event] }]);
      return id;
    },
    stop: async () => {
      await pool.end();
      keys.close();
      await sequencer.stop();
      await database.drop();
    },
  };
};

const eventIn = ({ body }: Heard): string => (JSON.parse(body) as { id: string }).id;

describe('killed again and again under load', () => {
  let stage: Awaited<ReturnType<typeof startStage>>;
  let receiver: Receiver;
  const committed: string[] = [];

  beforeAll(async () => {
    stage = await startStage();
    // A share of what is sent is still without an answer when the process dies.
    receiver = await startReceiver((response, _, nth) => {
      if (nth % 7 === 0) setImmediate(() => response.writeHead(503).end());
      else setImmediate(() => response.writeHead(204).end());
    });
    let notification = await stage.start();
    for (let nth = 0; nth < SUBSCRIPTIONS; nth += 1) await stage.subscribe(`${receiver.url}/${nth}`);
    for (let round = 1; round <= ROUNDS; round += 1) {
      const before = receiver.heard.length;
      for (let nth = 0; nth < EVENTS_A_ROUND; nth += 1) committed.push(await stage.append());
      // In the middle of it: something is out, much is not.
      await receiver.until(heard => heard.length > before + EVENTS_A_ROUND / 2);
      await notification.kill();
      for (let nth = 0; nth < EVENTS_A_ROUND; nth += 1) committed.push(await stage.append());
      notification = await stage.start();
    }
    const wanted = committed.length * SUBSCRIPTIONS;
    await receiver.until(heard => new Set(heard.map(({ id }) => id)).size >= wanted);
    await notification.stop();
  }, 60_000);
  afterAll(async () => {
    await receiver.stop();
    await stage.stop();
  });

  test('no event is without its delivery, and none that nobody committed was delivered', () => {
    const heard = new Map<string, Set<string>>();
    for (const each of receiver.heard) heard.set(eventIn(each), (heard.get(eventIn(each)) ?? new Set()).add(each.id));
    expect([...heard.keys()].sort()).toEqual(committed.toSorted());
    expect([...heard.values()].filter(ids => ids.size !== SUBSCRIPTIONS)).toEqual([]);
  });

  test('whatever came twice came under the same id, with the same bytes', () => {
    const bodies = new Map<string, Set<string>>();
    for (const { id, body } of receiver.heard) bodies.set(id, (bodies.get(id) ?? new Set()).add(body));
    expect(receiver.heard.length).toBeGreaterThan(bodies.size); // something came twice: one in seven was refused
    expect([...bodies.values()].filter(different => different.size > 1)).toEqual([]);
  });
});
