import { OutcomeUnknown, PostgresEventStore } from '@slipway/event-store';
import { migratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { NEVER, startProxy } from './proxy.ts';

test('the answer of an append that was committed is cut off, and the connection with it', async () => {
  const database = await migratedDatabase();
  const proxy = await startProxy(database.urlOf('planning'));
  const pool = new pg.Pool({ connectionString: proxy.url });
  const store = new PostgresEventStore(pool);
  const stream = `release-${uuidv7()}`;
  const append = () =>
    store.append([
      {
        stream,
        expect: 'no-stream',
        events: [{ id: uuidv7(), type: 'ReleaseHeld', data: {}, envelope: { correlationId: 'c' } }],
      },
    ]);
  proxy.cut({ answers: 1, anywhere: 0 });
  await expect(append()).rejects.toThrow(OutcomeUnknown);
  expect(proxy.answersCut()).toBe(1);
  expect((await store.read(stream)).version).toBe(1);
  proxy.cut(NEVER);
  await pool.end();
  await proxy.stop();
  await database.drop();
});
