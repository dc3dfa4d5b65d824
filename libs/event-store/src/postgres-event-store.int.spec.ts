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
