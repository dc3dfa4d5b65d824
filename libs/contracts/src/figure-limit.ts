import { type Static, Type } from 'typebox';
import type { Immutable } from './contract.ts';
import { Instant, oneOf } from './values.ts';

export const FIGURE_STATISTICS = ['value', 'p90', 'mean'] as const;
export const LIMIT_CONDITIONS = ['above', 'below'] as const;

/** A figure of a measure, and a side of a limit. */
export const figureLimit = {
  measure: Type.String({ minLength: 1, maxLength: 100, description: 'As metrics names it: `change-fail-rate`.' }),
  series: Type.String({ minLength: 1, maxLength: 100 }),
  /** What of the series: of durations `value` is the median. */
  statistic: oneOf(...FIGURE_STATISTICS),
  condition: oneOf(...LIMIT_CONDITIONS),
  /** In the unit of the series: a share, a number a day, or seconds. Neither above nor below itself. */
  limit: Type.Number(),
};

const FigureLimit = Type.Object(figureLimit);

/** What was measured: where it comes from, and of how many. */
export const measured = {
  value: Type.Number({ description: 'Of the statistic.' }),
  definition: Type.String({ description: 'Version of the definition of the measure: `first/2`.' }),
  position: Type.Integer({ minimum: 0, description: 'Of the log: what was known there.' }),
  counted: Type.Integer({ minimum: 0, description: 'How many the population has.' }),
};

export const Measured = Type.Object({ ...measured, from: Instant, to: Instant });

export type FigureLimit = Immutable<Static<typeof FigureLimit>>;
export type Measured = Immutable<Static<typeof Measured>>;

/** Whether a value is on the side of the limit that is meant. */
export const isBeyond = ({ condition, limit }: Pick<FigureLimit, 'condition' | 'limit'>, value: number): boolean =>
  condition === 'above' ? value > limit : value < limit;
