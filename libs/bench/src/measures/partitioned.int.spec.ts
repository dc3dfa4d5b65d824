import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import { migratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { newAppend } from './appends.ts';
import { partitionTables } from './partitioned.ts';

test('a store on partitioned tables gives what was appended, in one gapless order, and still refuses changes', async () => {
  const database = await migratedDatabase();
  await partitionTables(database.url, { parts: 16, positionsAPart: 50, positions: 200 });
  const pool = new pg.Pool({ connectionString: database.urlOf('planning') });
  const sequencer = startSequencer({ url: database.urlOf('sequencer') });
  const store = new PostgresEventStore(pool);

  const appends = Array.from({ length: 40 }, () => newAppend(3));
  await store.append(appends);
  expect(await store.settledHead(10_000)).toBe(120);

  const log = await store.readLog(0, 1_000);
  expect(log.map(({ position }) => position)).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
  for (const { stream, events } of appends) {
    const read = await store.read(stream);
    expect(read.events.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    expect(log.filter(event => event.stream === stream).map(({ version }) => version)).toEqual([1, 2, 3]);
  }
  await expect(store.append([{ ...newAppend(), stream: appends[0]?.stream ?? '' }])).rejects.toThrow(
    'expected version',
  );

  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  await expect(owner.query('DELETE FROM store.events')).rejects.toThrow('store.events is append-only');
  await expect(owner.query('TRUNCATE store.event_log')).rejects.toThrow('store.event_log is append-only');
  const { rows } = await owner.query("SELECT to_regclass('store.plain_events') AS left_over");
  expect(rows).toEqual([{ left_over: null }]);

  await owner.end();
  await sequencer.stop();
  await pool.end();
  await database.drop();
});
