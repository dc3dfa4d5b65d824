import type { Delivery } from '@slipway/consumers';
import { schemaOf } from '@slipway/event-store';
import { migrationsOf } from '@slipway/service';
import { migratedDatabase } from '@slipway/testing';
import fc from 'fast-check';
import pg from 'pg';
import { DataSource } from 'typeorm';
import type { Fact } from '../facts/facts.ts';
import { at, causedBy, incident, march, rollsOut, told } from '../measures/example.ts';
import { history } from '../measures/history.example.ts';
import { definitions } from '../measures/index.ts';
import { metrics } from '../module.ts';
import { periodNamed } from '../periods/calendar.ts';
import { facts as copy } from './facts.projection.ts';
import { changedFigures } from '../restatements/changed-figures.ts';
import type { Restatement } from '../restatements/restating.ts';
import { deliveryReport, type Measured } from '../report/delivery-report.ts';
import { ledgerOf, recordsOf } from '../rows/ledger.ts';
import { keptSlices } from '../kept/kept-slices.ts';
import { refresh } from '../kept/refresh.ts';

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
  'service_records_v1',
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

const closeMarch = async (position: number): Promise<void> => {
  const { from, to } = MONTHS[1]!;
  await client.query(
    `INSERT INTO closed_periods_v1 VALUES ('2026-03', $1, to_timestamp($2 / 1000.0), to_timestamp($3 / 1000.0), 14, now(), $4)`,
    [ZONE, from, to, position],
  );
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
  const asked = {
    definitions,
    scope: {},
    period: inBerlin,
    compare: false,
    members: false,
    restated: () => [],
  } as const;
  const report = deliveryReport(ledger, { ...asked, by: 'service', every: 'month' })!;
  return JSON.parse(JSON.stringify(report.slices)) as readonly Slice[];
};

/** Ends a process while it tells: before what it tells is appended, after that, or not at all. */
type Fate = 'before' | 'after' | 'lives';

/** Counts until all is kept; a process that ends is followed by another. Answers what was told. */
const untilKept = async (fates: readonly Fate[] = []): Promise<readonly Restatement[]> => {
  const appended: Restatement[] = [];
  const left = [...fates];
  const tell = async (restatement: Restatement): Promise<void> => {
    const fate = left.shift();
    if (fate === 'before') throw new Error('ended');
    appended.push(restatement);
    if (fate === 'after') throw new Error('ended');
  };
  const told = async (): Promise<number> => Math.max(0, ...appended.map(({ stretch }) => stretch.through));
  const refreshing = { dataSource, zone: ZONE, now: NOW, told, tell };
  while (await refresh(refreshing).catch(() => true));
  return appended;
};

const ONE_BY_ONE = 8;

test('figures that are kept are those that the facts give, however they came, and whether they have been counted yet', async () => {
  await fc.assert(
    fc.asyncProperty(log, fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 4 }), async (events, sizes) => {
      await reset();
      const deliveries = events.map(delivered);
      const last = Math.max(0, deliveries.length - ONE_BY_ONE);
      for (let from = 0, nth = 0; from < last; nth += 1) {
        const size = sizes[nth % sizes.length]!;
        await hear(deliveries.slice(from, Math.min(last, from + size)));
        from += size;
        if (size % 2 === 0) await untilKept();
      }
      const told = events.map(({ fact }) => fact);
      expect(await kept()).toEqual(last > 0 ? workedOut(told.slice(0, last)) : []);
      await untilKept();
      // Nothing that comes later makes up for an event that touches too little.
      for (let nth = last; nth < deliveries.length; nth += 1) {
        await hear(deliveries.slice(nth, nth + 1));
        await untilKept();
        expect(await kept()).toEqual(workedOut(told.slice(0, nth + 1)));
      }
    }),
    { numRuns: 30, endOnFailure: true },
  );
}, 120_000);

const imported = {
  kind: 'planned',
  serviceId: 'checkout',
  environmentId: 'frankfurt',
  digests: [],
  version: '1.2.0',
  commits: [],
  startedAt: at('9 10:00'),
  finishedAt: at('9 11:00'),
  outcome: 'succeeded',
  tookTraffic: true,
};
const before = rollsOut('d0', {}, '5');
const twice = told(
  'deployment-d1',
  ['9 12:00', 'DeploymentImported', { ...imported, production: true }],
  ['9 12:00', 'DeploymentImported', { ...imported, production: false }],
);
const abroad = incident('i1', { services: ['ledger'], detected: '10 08:00' }, [
  '10 09:00',
  'CauseConfirmed',
  causedBy('d1'),
]);

const earlier = incident(
  'i2',
  { services: ['ledger'], detected: '2026-02-10T08:00:00Z' },
  ['2026-02-10T09:00:00Z', 'IncidentResolved'],
  ['9 09:00', 'CauseConfirmed', causedBy('d1')],
);

test.each<[what: string, counted: readonly Fact[], then: readonly Fact[]]>([
  ['a deployment that an incident of another service already names', [...before, ...abroad], rollsOut('d1', {}, '9')],
  [
    'the first deployment ever, which is named by an incident that was over the month before',
    earlier,
    rollsOut('d1', {}, '9'),
  ],
  ['a deployment that is told not to have been in production', [...before, ...twice.slice(0, 1)], twice.slice(1)],
])('figures that are counted again out of kept records: %s', async (_, counted, then) => {
  await reset();
  const facts = [...counted, ...then];
  const deliveries = facts.map((fact, index) => delivered({ fact, correction: 1 }, index));
  await hear(deliveries.slice(0, counted.length));
  await untilKept();
  const first = await kept();
  expect(first).toEqual(workedOut(counted));
  await hear(deliveries.slice(counted.length));
  expect(await kept()).toEqual(workedOut(facts));
  await untilKept();
  expect(await kept()).toEqual(workedOut(facts));
  expect(await kept()).not.toEqual(first);
});

test('records that cannot be read are folded anew', async () => {
  await reset();
  const facts = [...before, ...rollsOut('d1', {}, '9')];
  const deliveries = facts.map((fact, index) => delivered({ fact, correction: 1 }, index));
  await hear(deliveries.slice(0, before.length));
  await untilKept();
  await client.query(`UPDATE service_records_v1 SET records = 'nothing'`);
  await hear(deliveries.slice(before.length));
  expect(await kept()).toEqual(workedOut(facts));
});

test('figures that other definitions counted are counted again, and nothing is restated', async () => {
  await reset();
  await hear(before.map((fact, index) => delivered({ fact, correction: 1 }, index)));
  await untilKept();
  await closeMarch(before.length);
  await client.query(`UPDATE counted_v1 SET counted_by = 'others'`);
  await client.query(`UPDATE cells_v1 SET measures = '[]'`);
  expect(await kept()).toEqual(workedOut(before));
  expect(await untilKept()).toEqual([]);
  const { rows } = await client.query<{ is: boolean }>(`SELECT bool_and(measures::text <> '[]') AS is FROM cells_v1`);
  expect(rows).toEqual([{ is: true }]);
  expect(await kept()).toEqual(workedOut(before));
});

const valueIn = (slices: readonly Slice[], serviceId: string, month: string): readonly Measured[] | undefined =>
  slices.find(({ id, period: name }) => id === serviceId && name === month)?.measures;

test('when other definitions counted a closed month, what a correction changed is told by those of today alone', async () => {
  await reset();
  const facts = [...before, ...rollsOut('d1', { change: 'c2' }, '9')];
  const deliveries = facts.map((fact, index) => delivered({ fact, correction: 1 }, index));
  await hear(deliveries.slice(0, before.length));
  await untilKept();
  await closeMarch(before.length);
  await client.query(`UPDATE counted_v1 SET counted_by = 'others'`);
  await client.query(`UPDATE cells_v1 SET measures = '[]'`);
  await hear(deliveries.slice(before.length));
  const told = await untilKept();
  const [was, is] = [before, facts].map(known => valueIn(workedOut(known), 'checkout', '2026-03')!);
  const changed = changedFigures('checkout', was!, is!);
  expect(changed.length).toBeGreaterThan(0);
  expect(told.map(({ figures }) => figures)).toEqual([changed]);
});

const fates = fc.array(fc.constantFrom<Fate>('before', 'after', 'lives'), { maxLength: 6 });

test('from what a period was closed with, its restatements lead step by step to what is known now, and each says between which positions, whenever the process ends', async () => {
  let restated = 0;
  await fc.assert(
    fc.asyncProperty(log, fc.nat(), fc.boolean(), fates, async (events, cut, isCountedBefore, ends) => {
      await reset();
      const deliveries = events.map(delivered);
      const closed = cut % deliveries.length;
      await hear(deliveries.slice(0, closed + 1));
      if (isCountedBefore) await untilKept();
      await closeMarch(closed + 1);
      await hear(deliveries.slice(closed + 1));
      const found = await untilKept(ends);
      const throughs = found.map(({ stretch }) => stretch.through);
      expect(throughs).toEqual([...new Set(throughs)].toSorted((a, b) => a - b));
      const facts = events.map(({ fact }) => fact);
      const asOf = (position: number) => workedOut(facts.slice(0, position));
      for (const { stretch, figures, period: name, causes } of found) {
        expect(name).toBe('2026-03');
        expect(causes.length).toBeGreaterThan(0);
        expect(new Set(causes.map(({ correction }) => correction.id)).size).toBe(1);
        const says = [...new Set(figures.map(each => each.serviceId))].flatMap(serviceId => {
          const [before, after] = [stretch.from, stretch.through].map(at => valueIn(asOf(at), serviceId, name));
          const theirs = figures.filter(each => each.serviceId === serviceId);
          return before && after ? [{ theirs, changed: changedFigures(serviceId, before, after) }] : [];
        });
        expect(says.map(({ theirs }) => theirs)).toEqual(says.map(({ changed }) => changed));
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
