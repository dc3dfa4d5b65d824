import { type Band, bandsOf, type Edition } from '../benchmarks/editions.ts';
import { compared } from '../figures/comparison.ts';
import type { Figure } from '../figures/figure.ts';
import type { Definition } from '../measures/definition.ts';
import { periodsIn, type Span, spanBefore, type Unit } from '../periods/calendar.ts';
import { instant, type Period } from '../periods/period.ts';
import { type Scope, scoped } from '../rows/known.ts';
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
}>;

/** More of them are no report that anybody reads. */
export const MOST_SLICES = 2_000;

type Shown = Omit<Figure, 'population'> & Readonly<{ counted: number; population?: Figure['population'] }>;

/** The figures of a scope over a period, and of its slices and calendar periods. Undefined: more slices than anybody reads. */
export const deliveryReport = (ledger: Ledger, asked: Asked) => {
  const slices = asked.by === undefined ? [] : slicesOf(ledger, asked.scope, asked.by);
  const { period, every } = asked;
  const parts = every === undefined ? [] : periodsIn(period, every, period.zone, MOST_SLICES);
  if (Math.max(1, slices.length) * Math.max(1, parts.length) > MOST_SLICES) return undefined;
  return {
    ...measured(ledger, asked, asked.scope, period, asked.unit, true),
    ...((asked.by !== undefined || every !== undefined) && { slices: [...told(ledger, asked, slices, parts)] }),
  };
};

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
  { definitions, compare, benchmark }: Asked,
  scope: Scope,
  period: Period,
  unit: Unit | undefined,
  members: boolean,
) => {
  const known = scoped(ledger, scope);
  const before = spanBefore(period, period.zone, unit);
  return {
    blend: known.unit === 'blend',
    ...(compare && { comparedWith: { from: instant(before.from), to: instant(before.to) } }),
    measures: definitions.map(({ measure, version, title, figures }) => {
      const earlier = compare ? figures(known, cut({ ...period, now: before.to }, before)) : [];
      return {
        measure,
        definition: version,
        title,
        figures: figures(known, period).map((figure, index) => ({
          ...shown(figure, members),
          ...(earlier[index] && { comparison: compared(figure, earlier[index]) }),
          ...(benchmark ? besides(benchmark, measure, figure.series) : {}),
        })),
      };
    }),
  };
};

const shown = ({ population, ...figure }: Figure, members: boolean): Shown => ({
  ...figure,
  counted: population.length,
  ...(members && { population }),
});

type Beside = Readonly<{
  benchmark?: Pick<Edition, 'edition' | 'name' | 'year'> & Readonly<{ bands: readonly Band[] }>;
}>;

const besides = (edition: Edition, measure: string, series: string): Beside => {
  const bands = bandsOf(edition, measure, series);
  return bands ? { benchmark: { edition: edition.edition, name: edition.name, year: edition.year, bands } } : {};
};
