import { testDatabase, type TestDatabase } from '@slipway/testing';
import fc from 'fast-check';
import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';
import { recordList, wordsIn } from './record-list.ts';

@Entity({ name: 'plans' })
class PlanRow {
  @PrimaryColumn({ type: 'text' }) id!: string;
  @Column({ type: 'timestamptz', name: 'drafted_at' }) draftedAt!: Date;
  @Column({ type: 'timestamptz', name: 'window_start', nullable: true }) windowStart!: Date | null;
  @Column({ type: 'timestamptz', name: 'window_end', nullable: true }) windowEnd!: Date | null;
  @Column({ type: 'text' }) title!: string;
  @Column({ type: 'text', array: true }) labels!: string[];
}

// More rows than are sorted, drafted three at an instant. By the fifth: windows in step with drafting, at random, long after
// but for one, long before, and again in step. One in twenty has none.
const ROWS = 50_000;
const A_FIFTH = ROWS / 5;
const FILL = `
  INSERT INTO plans
  SELECT 'plan-' || lpad((nth * 7919 % ${ROWS})::text, 5, '0'), drafted,
    CASE WHEN nth % 20 <> 7 THEN start END, CASE WHEN nth % 20 <> 7 THEN start + interval '2 hours' END,
    CASE WHEN nth % 9000 = 1 THEN 'unusual matter' ELSE 'usual matter' END,
    array_remove(ARRAY[
      CASE WHEN nth % 3 = 0 THEN 'common' END,
      CASE WHEN nth % 1000 = 1 THEN 'rare' END,
      CASE WHEN nth < ${ROWS / 2} THEN 'old' END], NULL)
  FROM generate_series(0, ${ROWS - 1}) AS nth,
    LATERAL (SELECT timestamptz '2026-01-01' + (nth / 3) * interval '1 minute' AS drafted) AS d,
    LATERAL (SELECT date_trunc('milliseconds', CASE nth / ${A_FIFTH}
      WHEN 1 THEN timestamptz '2026-01-01' + hashint4(nth)::bigint % 40000 * interval '1 minute'
      WHEN 2 THEN CASE WHEN nth = ${2.5 * A_FIFTH} THEN timestamptz '2025-06-01' ELSE drafted + interval '10 years' END
      WHEN 3 THEN timestamptz '2025-01-01' + (nth % 977) * interval '1 hour'
      ELSE drafted END) AS start) AS w`;

type Filter = Readonly<{ q?: string; label?: string; from?: string; to?: string; since?: string; until?: string }>;

const WINDOW = 'list.windowStart IS NOT NULL AND tstzrange(list.windowStart, list.windowEnd)';

const plans = recordList<PlanRow, Filter>({
  entity: PlanRow,
  at: 'draftedAt',
  conditions: {
    q: wordsIn('list.title'),
    label: 'list.labels @> ARRAY[:label]',
    from: `${WINDOW} && tstzrange(:from, NULL)`,
    to: `${WINDOW} && tstzrange(NULL, :to)`,
    since: 'list.draftedAt >= :since',
    until: 'list.draftedAt < :until',
  },
  ranged: ['from', 'to'],
  places: `SELECT service, '' FROM unnest(list.labels) AS service`,
  item: ({ id }) => ({ id }),
});

let database: TestDatabase;
let source: DataSource;
let newest: readonly PlanRow[];

const prepared = (): Promise<TestDatabase> =>
  testDatabase(
    `CREATE TABLE plans (id text COLLATE "C" PRIMARY KEY, drafted_at timestamptz NOT NULL, window_start timestamptz,
      window_end timestamptz, title text NOT NULL, labels text[] NOT NULL)`,
    FILL,
    'CREATE INDEX plans_newest ON plans (drafted_at, id)',
    `CREATE INDEX plans_by_window ON plans USING gist (tstzrange(window_start, window_end),
      point(extract(epoch FROM drafted_at AT TIME ZONE 'UTC'), 0)) WHERE window_start IS NOT NULL`,
    'CREATE INDEX plans_by_label ON plans USING gin (labels)',
    `CREATE INDEX plans_by_word ON plans USING gin (to_tsvector('simple', translate(title, '/', ' ')))`,
    'ANALYZE plans',
  );

const opened = (url: string, poolSize: number): Promise<DataSource> =>
  new DataSource({ type: 'postgres', url, poolSize, entities: [PlanRow] }).initialize();

beforeAll(async () => {
  database = await prepared();
  source = await opened(database.url, 4);
  newest = (await source.getRepository(PlanRow).find()).sort(
    (a, b) => b.draftedAt.getTime() - a.draftedAt.getTime() || (b.id < a.id ? -1 : 1),
  );
});
afterAll(async () => {
  await source.destroy();
  await database.drop();
});

const meets =
  ({ q, label, from, to, since, until }: Filter, within?: readonly string[]) =>
  ({ title, labels, draftedAt, windowStart, windowEnd }: PlanRow): boolean =>
    (q === undefined || title.startsWith(q)) &&
    (label === undefined || labels.includes(label)) &&
    (from === undefined || (windowEnd !== null && windowEnd > new Date(from))) &&
    (to === undefined || (windowStart !== null && windowStart < new Date(to))) &&
    (since === undefined || draftedAt >= new Date(since)) &&
    (until === undefined || draftedAt < new Date(until)) &&
    (within === undefined || labels.length === 0 || labels.some(each => within.includes(`${each}/*`)));

const FIRST = Date.UTC(2025, 0, 1);
const LAST = Date.UTC(2027, 0, 1);
const instant = fc.integer({ min: FIRST / 60_000, max: LAST / 60_000 }).map(minute => new Date(minute * 60_000));
const bound = fc.option(
  instant.map(at => at.toISOString()),
  { nil: undefined, freq: 2 },
);
const given = <Values extends object>(values: Values): Filter =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
const filters = fc
  .record({
    from: bound,
    to: bound,
    since: bound,
    until: bound,
    q: fc.constantFrom(undefined, undefined, 'usual', 'unusual'),
    label: fc.constantFrom(undefined, undefined, 'common', 'rare', 'old', 'none'),
  })
  .map(given);

const pages = async (filter: Filter, limit: number, count: number, within?: readonly string[]) => {
  const ids: string[] = [];
  let after: readonly string[] | undefined;
  for (let page = 0; page < count; page += 1) {
    const rows = await plans.page(source, filter, { limit, ...(after && { after }), ...(within && { within }) });
    ids.push(...rows.map(({ item }) => (item as { id: string }).id));
    after = rows.at(-1)?.cursor;
    if (rows.length < limit) break;
  }
  return ids;
};

const expected = (filter: Filter, most: number, within?: readonly string[]): readonly string[] =>
  newest
    .filter(meets(filter, within))
    .slice(0, most)
    .map(({ id }) => id);

test('whatever is asked of windows, drafting, words and labels: page by page the same as all in order', async () => {
  await fc.assert(
    fc.asyncProperty(filters, fc.integer({ min: 1, max: 80 }), async (filter, limit) => {
      expect(await pages(filter, limit, 3)).toEqual(expected(filter, 3 * limit));
    }),
    { numRuns: 80 },
  );
});

test('with limits besides, the same of what is within them', async () => {
  const within = ['rare/*', 'old/*'];
  await fc.assert(
    fc.asyncProperty(filters, async filter => {
      expect(await pages(filter, 40, 2, within)).toEqual(expected(filter, 80, within));
    }),
    { numRuns: 30 },
  );
});

test.each([
  ['before all windows but one', { to: '2025-01-01T00:00:00Z' }],
  ['past the newest, whose windows are later', { to: '2026-01-10T00:00:00Z' }],
  ['past windows that ended before', { from: '2035-12-31T00:00:00Z' }],
  ['an hour', { from: '2026-01-03T04:00:00Z', to: '2026-01-03T05:00:00Z' }],
  ['all of time', { from: '2020-01-01T00:00:00Z', to: '2040-01-01T00:00:00Z' }],
  ['with a label that is far', { to: '2026-01-05T00:00:00Z', label: 'old' }],
] as const)('a range %s: to the ninth page', async (_, filter) => {
  expect(await pages(filter, 61, 9)).toEqual(expected(filter, 61 * 9));
});

/** How many rows of the table a page read, in a database with one connection, which tells what it read when it is asked to. */
const rowsReadFor = async (filter: Filter): Promise<number> => {
  const apart = await prepared();
  const alone = await opened(apart.url, 1);
  const total = async (): Promise<number> => {
    await alone.query('SELECT pg_stat_force_next_flush()');
    const [row] = await alone.query<readonly { read: string }[]>(
      `SELECT seq_tup_read + idx_tup_fetch AS read FROM pg_stat_user_tables WHERE relname = 'plans'`,
    );
    return Number(row?.read);
  };
  try {
    const before = await total();
    await plans.page(alone, filter, { limit: 50 });
    return (await total()) - before;
  } finally {
    await alone.destroy();
    await apart.drop();
  }
};

test.each([
  ['windows of all that is newer are later', { to: '2026-01-10T00:00:00Z' }],
  ['windows of all that is newer but a fifth are over', { from: '2030-01-01T00:00:00Z' }],
  ['all was drafted before', { until: '2026-01-02T00:00:00Z' }],
  ['nothing is that early', { to: '2024-01-01T00:00:00Z' }],
] as const)('rows that fail are not read on the way: %s', async (_, filter) => {
  expect(await rowsReadFor(filter)).toBeLessThan(60);
});
