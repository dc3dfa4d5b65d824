import type { Band, Edition } from '../benchmarks/editions.ts';
import type { Comparison } from '../figures/comparison.ts';
import type { Measured } from './delivery-report.ts';
import type { RestatedShown } from '../read/restatements.query.ts';

/** A delivery report as it is answered: what pages, tables and summaries are made of, wherever its figures were kept. */
export type AnsweredFigure = Measured['figures'][number] &
  Readonly<{
    comparison?: Comparison;
    benchmark?: Pick<Edition, 'edition' | 'name' | 'year'> & Readonly<{ bands: readonly Band[] }>;
  }>;

export type AnsweredMeasure = Readonly<{
  measure: string;
  definition: string;
  title: string;
  figures: readonly AnsweredFigure[];
}>;

export type Restatement = RestatedShown;

type Figures = Readonly<{
  from: string;
  to: string;
  /** Over several services. */
  blend: boolean;
  comparedWith?: Readonly<{ from: string; to: string }>;
  /** Absent where a figure over all of it would be one of too many facts. */
  measures?: readonly AnsweredMeasure[];
  /** Of the periods in it. Absent where nobody looked for any. */
  restatements?: readonly Restatement[];
}>;

export type AnsweredSlice = Figures & Readonly<{ by?: string; id?: string; name?: string; period?: string }>;

type Named = Readonly<{ id: string; name: string }>;
const FILTERS = ['team', 'region', 'releaseKind', 'changeModel', 'size', 'pattern'] as const;
type Filters = { readonly [Filter in (typeof FILTERS)[number]]?: string };

export type AnsweredReport = Figures &
  Filters &
  Readonly<{
    service?: Named;
    application?: Named;
    environment?: Named;
    period?: string;
    every?: string;
    zone: string;
    position: number;
    slices?: readonly AnsweredSlice[];
  }>;

/** What a report is limited to: the parameters that say so, with what people call it. */
export const limitsOf = (
  report: AnsweredReport,
): readonly Readonly<{ parameter: string; value: string; name: string }>[] => [
  ...(['service', 'application', 'environment'] as const).flatMap(parameter => {
    const { [parameter]: named } = report;
    return named ? [{ parameter, value: named.id, name: named.name }] : [];
  }),
  ...FILTERS.flatMap(parameter => {
    const { [parameter]: value } = report;
    return value === undefined ? [] : [{ parameter, value, name: value }];
  }),
];

/** A figure with the measure that it is of. */
export type OfMeasure = Omit<AnsweredMeasure, 'figures'> & Readonly<{ figure: AnsweredFigure }>;

export const figureNamed = (
  { measures = [] }: Pick<Figures, 'measures'>,
  measure: string,
  series: string,
): OfMeasure | undefined => {
  const found = measures.find(each => each.measure === measure);
  const figure = found?.figures.find(each => each.series === series);
  return found && figure && { measure, definition: found.definition, title: found.title, figure };
};

/** Whether a correction after the close of a period changed this figure: one that names no figures may have changed any. */
export const isRestated = (
  { restatements = [] }: Pick<Figures, 'restatements'>,
  measure: string,
  series: string,
): boolean =>
  restatements.some(({ figures }) => figures?.some(each => each.measure === measure && each.series === series) ?? true);

/** The age of the oldest that is open; null when none is. */
export const oldestOf = ({ open }: Pick<AnsweredFigure, 'open'>): number | null =>
  open.reduce<number | null>((oldest, { ageSeconds }) => Math.max(oldest ?? 0, ageSeconds), null);
