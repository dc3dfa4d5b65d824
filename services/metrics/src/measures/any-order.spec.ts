import { categoryOf, idOf } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { type Comparison, compared } from '../figures/comparison.ts';
import type { Figure } from '../figures/figure.ts';
import { type Fact, kept } from '../facts/facts.ts';
import { changeRow } from '../rows/changes.ts';
import { incidentRow } from '../rows/incidents.ts';
import { knownOf, type Scope } from '../rows/known.ts';
import { recordsOf } from '../rows/ledger.ts';
import { releaseRow } from '../rows/releases.ts';
import { runRow } from '../rows/runs.ts';
import { march } from './example.ts';
import { history } from './history.example.ts';
import { definitions } from './index.ts';

const DAY = 86_400_000;
const berlin = { ...march, zone: 'Europe/Berlin', from: march.from - 3_600_000, to: march.to - 7_200_000 };
const week = { ...march, from: march.from + 8 * DAY, to: march.from + 15 * DAY, now: march.from + 15 * DAY };
const before = { ...week, from: week.from - 7 * DAY, to: week.from, now: week.from };

const scopes: readonly Scope[] = [
  {},
  { serviceIds: ['checkout'] },
  { serviceIds: ['payments'], environmentId: 'paris' },
  { region: 'eu', size: '2-to-5-commits' },
  { changeModel: 'normal', pattern: 'canary' },
  { serviceIds: ['checkout', 'payments'], releaseKind: 'major' },
];

type Shown = Figure & Readonly<{ compared?: Comparison }>;

const report = (facts: readonly Fact[]): readonly (readonly (readonly (readonly Shown[])[])[])[] =>
  scopes.map(scope => {
    const known = knownOf(facts, scope);
    return definitions.map(({ figures }) => [
      ...[march, berlin].map(period => figures(known, period)),
      figures(known, week).map((figure, index) => ({
        ...figure,
        compared: compared(figure, figures(known, before)[index]!),
      })),
    ]);
  });

/** The streams in another interleaving, each in its order, and some facts again later. */
const interleaved = (facts: readonly Fact[]): fc.Arbitrary<readonly Fact[]> =>
  fc
    .tuple(fc.array(fc.nat(), { minLength: facts.length, maxLength: facts.length }), fc.subarray([...facts]))
    .map(([picks, again]) => {
      const streams = [...Map.groupBy(facts, ({ stream }) => stream).values()].map(stream => [...stream]);
      const one = picks.flatMap(pick => {
        const open = streams.filter(({ length }) => length > 0);
        return open[pick % open.length]?.splice(0, 1) ?? [];
      });
      return [...one, ...again];
    });

const shuffled = (facts: readonly Fact[]): fc.Arbitrary<readonly Fact[]> =>
  fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 });

test('any interleaving that keeps the order of streams, with any duplicates: the same report, byte for byte', () => {
  fc.assert(
    fc.property(
      history.chain(facts => fc.tuple(fc.constant(facts), interleaved(facts))),
      ([facts, others]) => expect(JSON.stringify(report(others))).toBe(JSON.stringify(report(facts))),
    ),
    { numRuns: 60 },
  );
});

test('the same when even the order within streams is lost, since facts carry their version', () => {
  fc.assert(
    fc.property(
      history.chain(facts => fc.tuple(fc.constant(facts), shuffled(facts))),
      ([facts, others]) => expect(JSON.stringify(report(others))).toBe(JSON.stringify(report(facts))),
    ),
    { numRuns: 25 },
  );
});

/** As a table would keep them: each with the version that it is as of, carried on by what comes, whatever came before or comes again. */
const keptRows = (facts: readonly Fact[]): Readonly<Record<string, unknown>> => {
  const kept = new Map<string, Readonly<{ version: number; row: unknown }>>();
  for (const fact of facts) {
    const before = kept.get(fact.stream);
    const fold = folds[categoryOf(fact.stream)];
    if (!fold || fact.version <= (before?.version ?? 0)) continue;
    const row = fold(idOf(fact.stream), before?.row as never, fact);
    kept.set(fact.stream, { version: fact.version, row });
  }
  return Object.fromEntries([...kept].map(([stream, { row }]) => [stream, row]));
};

const folds: Readonly<Record<string, (id: string, row: never, fact: Fact) => unknown>> = {
  deployment: runRow,
  incident: incidentRow,
  change: changeRow,
  release: releaseRow,
};

test('rows that are carried on fact by fact, some told twice, are the rows of the whole', () => {
  fc.assert(
    fc.property(
      history.chain(facts => fc.tuple(fc.constant(facts), interleaved(facts))),
      ([facts, others]) => {
        const { runs, incidents, changes, releases } = recordsOf(facts);
        const rows = keptRows(others);
        for (const run of runs) expect(rows[`deployment-${run.id}`]).toEqual(run);
        for (const incident of incidents) expect(rows[`incident-${incident.id}`]).toEqual(incident);
        for (const change of changes) expect(rows[`change-${change.id}`]).toEqual(change);
        for (const release of releases) expect(rows[`release-${release.id}`]).toEqual(release);
        const all = [runs, incidents, changes, releases].flat();
        expect(Object.values(rows).filter(row => row !== undefined)).toHaveLength(all.length);
      },
    ),
    { numRuns: 60 },
  );
});

test('no rate is above 1, no duration counts that is negative, and nothing to measure is null with its reason, not 0', () => {
  fc.assert(
    fc.property(history, facts => {
      for (const figure of report(facts).flat(3)) {
        const most = figure.unit === 'ratio' ? figure.denominator : Number.POSITIVE_INFINITY;
        expect(figure.numerator).toBeLessThanOrEqual(most);
        for (const { seconds = 0 } of figure.population) expect(seconds).toBeGreaterThanOrEqual(0);
        expect(figure.value === null).toBe(figure.denominator === 0);
        expect(figure.reason === undefined).toBe(figure.value !== null);
      }
    }),
    { numRuns: 60 },
  );
});

test('a value lies within its interval, and a difference within its own', () => {
  fc.assert(
    fc.property(history, facts => {
      const about = ({ low, high }: Readonly<{ low: number; high: number }>, value: number) => {
        expect(low - 1e-9).toBeLessThanOrEqual(value);
        expect(high + 1e-9).toBeGreaterThanOrEqual(value);
      };
      for (const figure of report(facts).flat(3)) {
        if (figure.interval && figure.value !== null) about(figure.interval, figure.value);
        if (!figure.compared) continue;
        const { interval, difference } = figure.compared;
        if (interval && difference !== null) about(interval, difference);
      }
    }),
    { numRuns: 25 },
  );
});

test('no incident is dropped: each is counted in some period, open, canceled, or shown as impossible', () => {
  const ever = { ...march, from: 0, to: march.to + DAY, now: march.to + DAY };
  const all = definitions.find(({ measure }) => measure === 'mttr')!;
  fc.assert(
    fc.property(history, facts => {
      const known = knownOf(facts);
      const figure = all.figures(known, ever).find(({ series }) => series === 'all')!;
      const disordered = figure.doubts.find(({ reason }) => reason === 'intervals-out-of-order')?.ids ?? [];
      const seen = [...figure.population, ...figure.open, ...figure.contradictory]
        .map(({ id }) => id)
        .concat(
          figure.listed.flatMap(({ ids }) => ids),
          disordered,
        );
      expect(seen.sort()).toEqual(known.incidentsInScope.map(({ id }) => id).sort());
    }),
    { numRuns: 60 },
  );
});

test('every finished rollout is in the figures of its service, and is one that failed or did not', () => {
  const ever = { ...march, from: 0, to: march.to + DAY, now: march.to + DAY };
  fc.assert(
    fc.property(history, facts => {
      const known = knownOf(facts, { serviceIds: ['checkout'] });
      const finished = known.rollouts.filter(({ state }) => state === 'finished').map(({ id }) => id);
      const [rate] = definitions.find(({ measure }) => measure === 'change-fail-rate')!.figures(known, ever);
      expect(rate?.population.map(({ id }) => id).toSorted()).toEqual(finished);
      expect(rate?.numerator).toBe(rate?.population.filter(({ failures }) => failures).length);
    }),
    { numRuns: 60 },
  );
});

test('every type that is kept appears in these histories', () => {
  const types = new Set(fc.sample(history, { numRuns: 250, seed: 1 }).flatMap(facts => facts.map(({ type }) => type)));
  expect([...types].sort()).toEqual(Object.keys(kept).sort());
});
