import { migratedDatabase, type MigratedDatabase } from '@slipway/testing';
import pg from 'pg';
import { event, fresh, started } from './contract-samples.ts';
import { AppendRefused, OutcomeUnknown, VersionConflict } from './event-store.ts';
import { PostgresEventStore } from './postgres-event-store.ts';

let database: MigratedDatabase;
let administrator: pg.Pool;
let pool: pg.Pool;
let store: PostgresEventStore;

beforeAll(async () => {
  database = await migratedDatabase();
  administrator = new pg.Pool({ connectionString: database.url, max: 1 });
  pool = new pg.Pool({ connectionString: database.urlOf('catalog') });
  store = new PostgresEventStore(pool);
});
afterAll(async () => {
  await Promise.all([pool.end(), administrator.end()]);
  await database.drop();
});

const referenced = async (stream: string): Promise<number> => {
  const { rows } = await administrator.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM store.pending, unnest(streams) AS each WHERE each = $1',
    [stream],
  );
  return rows[0]?.count ?? 0;
};
const transactions = async (streams: readonly string[]): Promise<number> => {
  const { rows } = await administrator.query<{ count: number }>(
    'SELECT count(DISTINCT xmin::text)::int AS count FROM store.events WHERE stream = ANY ($1)',
    [streams],
  );
  return rows[0]?.count ?? 0;
};

describe('appends that wait at the same moment', () => {
  test('are few transactions, and each is stored and referenced once', async () => {
    const streams = Array.from({ length: 60 }, () => fresh());
    await Promise.all(streams.map(stream => store.append([started(stream, event())])));
    await Promise.all(streams.map(stream => store.append([{ stream, expect: 1, events: [event(), event()] }])));
    for (const stream of streams) {
      expect((await store.read(stream)).version).toBe(3);
      expect(await referenced(stream)).toBe(3);
    }
    expect(await transactions(streams)).toBeLessThan(20);
  });

  test('when some are not as expected, then these have no effect and the others have theirs', async () => {
    const old = Array.from({ length: 20 }, () => fresh());
    await Promise.all(old.map(stream => store.append([started(stream, event())])));
    const orders = old.flatMap((stream, nth) => [
      { stream, expect: nth % 3 === 0 ? 5 : 1, events: [event(), event()] },
      { stream: nth % 4 === 0 ? (old[nth - 1] ?? stream) : fresh(), expect: 'no-stream' as const, events: [event()] },
    ]);
    const outcomes = await Promise.allSettled(orders.map(order => store.append([order])));
    const passes = orders.map(({ stream, expect: expectation }) => expectation === 1 || !old.includes(stream));
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual(passes);
    const reasons = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
    expect(reasons).toEqual(orders.filter((_, nth) => !passes[nth]).map(({ stream }) => new VersionConflict(stream)));
    for (const [nth, stream] of old.entries()) {
      const version = nth % 3 === 0 ? 1 : 3;
      expect((await store.read(stream)).events.map(each => each.version)).toEqual(
        Array.from({ length: version }, (_, index) => index + 1),
      );
      expect(await referenced(stream)).toBe(version);
    }
  });

  test('when one is to a category of another service, then it alone is refused', async () => {
    const [mine, foreign, other] = [fresh(), fresh('release'), fresh()];
    const [first, second, third] = await Promise.allSettled(
      [mine, foreign, other].map(stream => store.append([started(stream, event())])),
    );
    expect(second).toMatchObject({ status: 'rejected', reason: expect.any(AppendRefused) as unknown });
    expect([first?.status, third?.status]).toEqual(['fulfilled', 'fulfilled']);
  });

  test('a stream that was only asked for is still none', async () => {
    const [absent, stream] = [fresh(), fresh()];
    await store.append([started(stream, event())], [{ stream: absent, expect: 'no-stream' }]);
    await Promise.all([absent, fresh(), fresh()].map(each => store.append([started(each, event())])));
    expect((await store.read(absent)).version).toBe(1);
  });

  test('when the connection is cut, then none of them knows, and what was stored is there', async () => {
    const streams = Array.from({ length: 5 }, () => fresh());
    await administrator.query('BEGIN');
    await administrator.query('LOCK TABLE store.events IN SHARE MODE');
    const cut = streams.map(stream => store.append([started(stream, event())]));
    const outcomes = Promise.allSettled(cut);
    const { rows } = await waiting();
    await administrator.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) AS pid', [
      rows.map(({ pid }) => pid),
    ]);
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(OutcomeUnknown) as unknown });
    await administrator.query('COMMIT');
    expect(await Promise.all(streams.map(async stream => (await store.read(stream)).version))).toEqual([0, 0, 0, 0, 0]);
    await Promise.all(streams.map(stream => store.append([started(stream, event())])));
  });

  const waiting = async (): Promise<pg.QueryResult<{ pid: number }>> => {
    for (;;) {
      const found = await administrator.query<{ pid: number }>(
        "SELECT pid FROM pg_stat_activity WHERE usename = 'slipway_catalog' AND wait_event_type = 'Lock' AND datname = current_database()",
      );
      if (found.rows.length > 0) return found;
    }
  };
});
