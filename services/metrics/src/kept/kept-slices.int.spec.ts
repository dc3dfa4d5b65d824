import type { Delivery } from '@slipway/consumers';
import { schemaOf } from '@slipway/event-store';
import { migrationsOf } from '@slipway/service';
import { migratedDatabase } from '@slipway/testing';
import fc from 'fast-check';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { Fact } from '../facts/facts.ts';
import { march } from '../measures/example.ts';
import { history } from '../measures/history.example.ts';
import { definitions } from '../measures/index.ts';
import { metrics } from '../module.ts';
import { periodNamed } from '../periods/calendar.ts';
import { facts as copy } from '../read/facts.projection.ts';
import { changedFigures } from '../restatements/changed-figures.ts';
import type { Restatement } from '../restatements/restating.ts';
import { deliveryReport, type Measured } from '../report/delivery-report.ts';
import { ledgerOf, recordsOf } from '../rows/ledger.ts';
import { keptSlices } from './kept-slices.ts';
import { refresh } from './refresh.ts';

const DAY = 86_400_000;
const ZONE = 'Europe/Berlin';
const NOW = march.to + 40 * DAY;
const MONTHS = ['2026-02', '2026-03', '2026-04', '2026-05'].map(name => periodNamed(name, ZONE)!);
const TABLES = [
  'facts_v3',
  'subjects_v1',
  'mentions_v1',
  'touches_v1',
  'imported_days_v1',
  'closed_periods_v1',
  'cells_v1',
  'counted_v1',
  'watermarks',
];

let database: Awaited<ReturnType<typeof migratedDatabase>>;
let dataSource: DataSource;
let client: pg.Client;
beforeAll(async () => {
  database = await migratedDatabase(...migrationsOf(metrics.name, metrics.migrations));
  const url = database.urlOf(metrics.name);
  const options = `-c search_path=${schemaOf(metrics.name)}`;
  dataSource = await new DataSource({
    type: 'postgres',
    url,
    extra: { options },
    installExtensions: false,
  }).initialize();
  client = new pg.Client({ connectionString: url, options });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await dataSource.destroy();
  await database.drop();
});

type Told = Readonly<{ fact: Fact; correction: number }>;

/** In any order that keeps each stream's, with the corrections that they belong to. */
const log: fc.Arbitrary<readonly Told[]> = history.chain(facts =>
  fc
    .tuple(
      fc.array(fc.nat(), { minLength: facts.length, maxLength: facts.length }),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: facts.length, maxLength: facts.length }),
    )
    .map(([picks, corrections]) => {
      const streams = [...Map.groupBy(facts, ({ stream }) => stream).values()].map(stream => [...stream]);
      return picks.flatMap((pick, at) => {
        const open = streams.filter(({ length }) => length > 0);
        const [fact] = open[pick % open.length]?.splice(0, 1) ?? [];
        return fact ? [{ fact, correction: corrections[at]! }] : [];
      });
    }),
);

const delivered = ({ fact, correction }: Told, index: number): Delivery =>
  ({ ...fact, position: index + 1, correlationId: `correction ${correction}` }) as unknown as Delivery;

const reset = async (): Promise<void> => {
  for (const table of TABLES) await client.query(`DELETE FROM ${table}`);
};

/** As a copy of the log does it: what is kept and how far it is, in one transaction. */
const hear = async (events: readonly Delivery[]): Promise<void> => {
  if (events.length === 0) return;
  await client.query('BEGIN');
  await ('applyAll' in copy ? copy.applyAll(events, client) : Promise.reject(new Error('no set')));
  await client.query('DELETE FROM watermarks');
  await client.query(
    `INSERT INTO watermarks (consumer, topic, partition, incarnation, position) VALUES ($1, '', 0, 'test', $2)`,
    [copy.consumer, events.at(-1)!.position],
  );
  await client.query('COMMIT');
};

const kept = async (): Promise<unknown> => {
  const wanted = { zone: ZONE, now: NOW, months: MONTHS, definitions, isNamed: true };
  const { slices } = (await keptSlices(dataSource, wanted))!;
  return JSON.parse(`[${slices.join(',')}]`) as unknown;
};

const period = { ...march, from: MONTHS[0]!.from, to: MONTHS.at(-1)!.to, now: NOW, zone: ZONE };
const inBerlin = { ...period, business: { ...period.business, zone: ZONE } };

type Slice = Readonly<{ id: string; period: string; measures: readonly Measured[] }>;

const workedOut = (facts: readonly Fact[]): readonly Slice[] => {
  const ledger = ledgerOf(recordsOf(facts));
  const asked = { definitions, scope: {}, period: inBerlin, compare: false, members: false } as const;
  const report = deliveryReport(ledger, { ...asked, by: 'service', every: 'month' })!;
  return JSON.parse(JSON.stringify(report.slices)) as readonly Slice[];
};

const untilKept = async (told = 0, tell: (found: Restatement) => void = () => undefined): Promise<void> => {
  const refreshing = {
    dataSource,
    zone: ZONE,
    now: NOW,
    told: async () => told,
    tell: async (found: Restatement) => tell(found),
  };
  while (await refresh(refreshing));
};

test('figures that are kept are those that the facts give, however they came, and whether they have been counted yet', async () => {
  await fc.assert(
    fc.asyncProperty(log, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 4 }), async (events, sizes) => {
      await reset();
      const deliveries = events.map(delivered);
      for (let from = 0, nth = 0; from < deliveries.length; nth += 1) {
        const size = sizes[nth % sizes.length]!;
        await hear(deliveries.slice(from, from + size));
        from += size;
        if (size % 2 === 0) await untilKept();
      }
      const expected = workedOut(events.map(({ fact }) => fact));
      expect(await kept()).toEqual(expected);
      await untilKept();
      expect(await kept()).toEqual(expected);
    }),
    { numRuns: 25, endOnFailure: true },
  );
}, 120_000);

const valueIn = (slices: readonly Slice[], serviceId: string, month: string): readonly Measured[] | undefined =>
  slices.find(({ id, period: name }) => id === serviceId && name === month)?.measures;

test('from what a period was closed with, its restatements lead step by step to what is known now, and each says between which positions', async () => {
  let restated = 0;
  await fc.assert(
    fc.asyncProperty(log, fc.nat(), fc.boolean(), async (events, cut, isCountedBefore) => {
      await reset();
      const deliveries = events.map(delivered);
      const closed = cut % deliveries.length;
      await hear(deliveries.slice(0, closed + 1));
      if (isCountedBefore) await untilKept();
      const { from, to } = MONTHS[1]!;
      await client.query(
        `INSERT INTO closed_periods_v1 VALUES ('2026-03', $1, to_timestamp($2 / 1000.0), to_timestamp($3 / 1000.0), 14, now(), $4)`,
        [ZONE, from, to, closed + 1],
      );
      const found: Restatement[] = [];
      await hear(deliveries.slice(closed + 1));
      await untilKept(0, each => found.push(each));
      const facts = events.map(({ fact }) => fact);
      const asOf = (position: number) => workedOut(facts.slice(0, position));
      for (const { stretch, figures, period: name, causes } of found) {
        expect(name).toBe('2026-03');
        expect(causes.length).toBeGreaterThan(0);
        expect(new Set(causes.map(({ correction }) => correction.id)).size).toBe(1);
        for (const serviceId of new Set(figures.map(each => each.serviceId))) {
          const [before, after] = [stretch.from, stretch.through].map(at => valueIn(asOf(at), serviceId, name));
          if (before && after)
            expect(changedFigures(serviceId, before, after)).toEqual(
              figures.filter(each => each.serviceId === serviceId),
            );
        }
        restated += 1;
      }
      const told = found.flatMap(({ figures }) => figures);
      for (const { id, measures } of asOf(events.length).filter(slice => slice.period === '2026-03')) {
        const atClose = valueIn(asOf(closed + 1), id, '2026-03');
        const changed = atClose ? changedFigures(id, atClose, measures) : [];
        for (const { measure, series, before, after } of changed) {
          const chain = told.filter(
            each => each.serviceId === id && each.measure === measure && each.series === series,
          );
          expect([chain[0]?.before, chain.at(-1)?.after]).toEqual([before, after]);
        }
      }
    }),
    { numRuns: 40, endOnFailure: true },
  );
  expect(restated).toBeGreaterThan(20);
}, 240_000);
