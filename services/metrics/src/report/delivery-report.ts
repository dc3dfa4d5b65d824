import { type Band, bandsOf, type Edition } from '../benchmarks/editions.ts';
import { compared } from '../figures/comparison.ts';
import type { Figure } from '../figures/figure.ts';
import type { Check, Listed } from '../figures/quality.ts';
import type { Definition } from '../measures/definition.ts';
import { periodsIn, type Span, spanBefore, type Unit } from '../periods/calendar.ts';
import { instant, type Period } from '../periods/period.ts';
import type { RestatedShown } from '../read/restatements.query.ts';
import { type Known, type Scope, scoped } from '../rows/known.ts';
import type { Ledger } from '../rows/ledger.ts';
import { type Dimension, type Slice, slicesOf } from './slices.ts';

export type Asked = Readonly<{
  definitions: readonly Definition[];
  scope: Scope;
  period: Period;
  /** The calendar period that was asked for, if it was one. */
  unit?: Unit;
  by?: Dimension;
  every?: Unit;
  compare: boolean;
  benchmark?: Edition;
  /** Slices say who is in them, too. */
  members: boolean;
  /** What closed periods a span touches were restated. */
  restated?: (span: Span, serviceIds: readonly string[] | undefined) => readonly RestatedShown[];
}>;

/** More of them are no report that anybody reads. */
export const MOST_SLICES = 2_000;

/** Of a slice lists are told by how many they have; who is in them only when members are asked for. */
type Told = Readonly<{ reason: string; count: number; ids?: readonly string[] }>;
type Shown = Omit<Figure, 'population' | 'listed' | 'doubts' | 'checks'> &
  Readonly<{
    counted: number;
    population?: Figure['population'];
    listed: readonly Told[];
    doubts: readonly Told[];
    checks: readonly (Omit<Check, 'missing'> & Partial<Pick<Check, 'missing'>>)[];
  }>;

/** The figures of a scope over a period, and of its slices and calendar periods. Undefined: more slices than anybody reads. */
export const deliveryReport = (ledger: Ledger, asked: Asked) => {
  const slices = asked.by === undefined ? [] : slicesOf(ledger, asked.scope, asked.by);
  const { period, every } = asked;
  const parts = every === undefined ? [] : begunIn(period, every);
  if (Math.max(1, slices.length) * Math.max(1, parts.length) > MOST_SLICES) return undefined;
  return {
    ...measured(ledger, asked, asked.scope, period, asked.unit, true),
    ...((asked.by !== undefined || every !== undefined) && { slices: [...told(ledger, asked, slices, parts)] }),
  };
};

/** The parts of a period, but for those that are ahead: nothing can be said of them. */
export const begunIn = (period: Period, every: Unit) =>
  periodsIn(period, every, period.zone, MOST_SLICES).filter(({ from }) => from < period.now);

const told = function* (
  ledger: Ledger,
  asked: Asked,
  slices: readonly Slice[],
  parts: readonly (Span & Readonly<{ name: string }>)[],
) {
  for (const slice of slices.length > 0 || asked.by !== undefined ? slices : [undefined])
    for (const part of parts.length > 0 ? parts : [undefined]) {
      const scope = slice?.scope ?? asked.scope;
      const period = part ? cut(asked.period, part) : asked.period;
      yield {
        ...(slice && { by: slice.dimension, id: slice.id, name: slice.name }),
        ...(part && { period: part.name }),
        from: instant(period.from),
        to: instant(period.to),
        ...measured(ledger, asked, scope, period, part ? asked.every : asked.unit, asked.members),
      };
    }
};

const cut = (period: Period, { from, to }: Span): Period => ({
  ...period,
  from,
  to,
  now: Math.max(from, Math.min(period.now, to)),
});

const measured = (
  ledger: Ledger,
  { definitions, compare, benchmark, restated }: Asked,
  scope: Scope,
  period: Period,
  unit: Unit | undefined,
  members: boolean,
) => {
  const known = scoped(ledger, scope);
  const before = spanBefore(period, period.zone, unit);
  const restatements = restated?.(period, scope.serviceIds) ?? [];
  return {
    blend: known.unit === 'blend',
    ...(restatements.length > 0 && { restatements }),
    ...(compare && { comparedWith: { from: instant(before.from), to: instant(before.to) } }),
    measures: definitions.map(definition => {
      const { figures, measure } = definition;
      const earlier = compare ? figures(known, cut({ ...period, now: before.to }, before)) : [];
      const told = measuredBy(definition, known, period, members);
      return {
        ...told,
        figures: told.figures.map((figure, index) => ({
          ...figure.shown,
          ...(earlier[index] && { comparison: compared(figure.figure, earlier[index]) }),
          ...(benchmark ? besides(benchmark, measure, figure.figure.series) : {}),
        })),
      };
    }),
  };
};

/** The figures of each measure for what is known, over a period, as a slice shows them. */
export const measuresOf = (known: Known, definitions: readonly Definition[], period: Period) =>
  definitions.map(definition => {
    const told = measuredBy(definition, known, period, false);
    return { ...told, figures: told.figures.map(({ shown: figure }) => figure) };
  });

export type Measured = ReturnType<typeof measuresOf>[number];

const measuredBy = (
  { measure, version, title, figures }: Definition,
  known: Known,
  period: Period,
  members: boolean,
) => ({
  measure,
  definition: version,
  title,
  figures: figures(known, period).map(figure => ({ figure, shown: shown(figure, members) })),
});

const shown = ({ population, listed, doubts, checks, ...figure }: Figure, members: boolean): Shown => ({
  ...figure,
  listed: listed.map(each => counted(each, members)),
  doubts: doubts.map(each => counted(each, members)),
  checks: checks.map(({ missing, ...check }) => ({ ...check, ...(members && { missing }) })),
  counted: population.length,
  ...(members && { population }),
});

const counted = ({ reason, ids }: Listed, members: boolean): Told => ({
  reason,
  count: ids.length,
  ...(members && { ids }),
});

type Beside = Readonly<{
  benchmark?: Pick<Edition, 'edition' | 'name' | 'year'> & Readonly<{ bands: readonly Band[] }>;
}>;

const besides = (edition: Edition, measure: string, series: string): Beside => {
  const bands = bandsOf(edition, measure, series);
  return bands ? { benchmark: { edition: edition.edition, name: edition.name, year: edition.year, bands } } : {};
};
