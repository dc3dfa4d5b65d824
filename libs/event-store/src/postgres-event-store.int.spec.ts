import { migratedDatabase, type MigratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { appendHint } from './append-hint.ts';
import { event, fresh, started } from './contract-samples.ts';
import { eventStoreContract, type Opened, type OpenStore } from './event-store.contract.ts';
import { Overloaded } from './event-store.ts';
import { PostgresEventStore } from './postgres-event-store.ts';
import { startSequencer } from './sequencer.ts';

let database: MigratedDatabase;

beforeAll(async () => {
  database = await migratedDatabase();
});
afterAll(() => database.drop());

const open: OpenStore = async (upcast): Promise<Opened> => {
  const pool = new pg.Pool({ connectionString: database.urlOf('catalog') });
  const hint = appendHint(database.urlOf('catalog'));
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  return Promise.resolve({
    store: new PostgresEventStore(pool, hint, upcast),
    close: async () => {
      await Promise.all([hint.stop(), sequencer.stop()]);
      await pool.end();
    },
  });
};

eventStoreContract('the store on PostgreSQL', open);

describe('the store on PostgreSQL', () => {
  test('says that it is overloaded when the database is away', async () => {
    const pool = new pg.Pool({ connectionString: 'postgresql://slipway_catalog@127.0.0.1:1/none' });
    const store = new PostgresEventStore(pool);
    await expect(store.append([started(fresh(), event())])).rejects.toThrow(Overloaded);
    await expect(store.read(fresh())).rejects.toThrow(Overloaded);
    await pool.end();
  });

  test('reads many streams at the same moment, each as it is: short, long, from a version on, or not there', async () => {
    const pool = new pg.Pool({ connectionString: database.urlOf('catalog') });
    const store = new PostgresEventStore(pool);
    const streams = Array.from({ length: 150 }, (_, nth) => ({
      stream: fresh(),
      length: [0, 1, 3, 450][nth % 4] ?? 0,
    }));
    for (const { stream, length } of streams)
      if (length > 0) await store.append([started(stream, ...Array.from({ length }, () => event()))]);
    // The second time it knows that streams are long, and shares fewer of them a call.
    for (const from of [1, 3])
      await Promise.all(
        streams.map(async ({ stream, length }) => {
          const { version, events } = await store.read(stream, from);
          expect({ version, versions: events.map(each => each.version) }).toEqual({
            version: length,
            versions: Array.from({ length: Math.max(0, length - from + 1) }, (_, nth) => from + nth),
          });
          expect(events.every(each => each.stream === stream)).toBe(true);
        }),
      );
    await pool.end();
  });

  test('does not call the head settled while something waits for its position', async () => {
    const pool = new pg.Pool({ connectionString: database.urlOf('catalog') });
    const store = new PostgresEventStore(pool);
    await store.append([started(fresh(), event())]);
    await expect(store.settledHead(50)).rejects.toThrow(Overloaded);
    const sequencer = startSequencer({ url: database.urlOf('sequencer') });
    expect(await store.settledHead(5_000)).toBe(await store.head());
    await sequencer.stop();
    await pool.end();
  });
});
