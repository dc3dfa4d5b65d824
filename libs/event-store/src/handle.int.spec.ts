import { migratedDatabase, type MigratedDatabase } from '@slipway/testing';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import pg from 'pg';
import { fresh } from './contract-samples.ts';
import { handle } from './handle.ts';
import { count, handleContract, total } from './handle.contract.ts';
import { PostgresEventStore } from './postgres-event-store.ts';

let database: MigratedDatabase;
const pools: pg.Pool[] = [];

const storeAs = (service: string, through?: number): PostgresEventStore => {
  const url = new URL(database.urlOf(service));
  if (through) {
    url.hostname = '127.0.0.1';
    url.port = String(through);
  }
  const pool = new pg.Pool({ connectionString: url.href, max: 16 });
  pools.push(pool);
  return new PostgresEventStore(pool);
};

beforeAll(async () => {
  database = await migratedDatabase();
  // The contract counts in streams of two services.
  const administrator = new pg.Client({ connectionString: database.url });
  await administrator.connect();
  await administrator.query("UPDATE store.categories SET owner = 'slipway_catalog' WHERE category = 'change'");
  await administrator.end();
});
afterAll(async () => {
  await Promise.all(pools.map(pool => pool.end()));
  await database.drop();
});

describe('handle on PostgreSQL', () => {
  let store: PostgresEventStore;
  beforeAll(() => {
    store = storeAs('catalog');
  });
  handleContract(() => store);
});

/** Passes everything on to PostgreSQL, but cuts each connection's first append: before it arrives, or before its answer does. */
const cuttingProxy = async (): Promise<{ server: Server; cuts: { before: number; after: number } }> => {
  const target = new URL(database.url);
  const cuts = { before: 0, after: 0 };
  const server = createServer((client: Socket) => {
    const upstream = connect(Number(target.port || 5432), target.hostname);
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    let answerIsCut = false;
    client.on('data', bytes => {
      if (bytes.includes('store.append')) {
        if (cuts.before < cuts.after) {
          cuts.before += 1;
          return end();
        }
        cuts.after += 1;
        answerIsCut = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', bytes => (answerIsCut ? end() : client.write(bytes)));
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, cuts };
};

// Every connection parses store.append once, so it is cut at its first append: a retry gets another, and is cut as well.
// Commands that come at once share an append and its cut, so they come in waves.
test('gives each command one effect although connections are cut around its append', async () => {
  const { server, cuts } = await cuttingProxy();
  const cut = storeAs('catalog', (server.address() as AddressInfo).port);
  const store = storeAs('catalog');
  const waves = Array.from({ length: 10 }, () => Array.from({ length: 4 }, () => fresh()));
  const streams = waves.flat();
  for (const wave of waves) await Promise.all(wave.map(stream => handle(cut, count(stream, 'k', 7))));
  expect(await Promise.all(streams.map(stream => total(store, stream)))).toEqual(streams.map(() => 7));
  expect(Math.min(cuts.before, cuts.after)).toBeGreaterThan(5);
  server.close();
});
