import type { Fact } from '../facts/facts.ts';
import type { Period } from '../periods/period.ts';
import type { Scope } from '../rows/known.ts';

/** One history, one figure, and what it is, worked out by hand. */
export type Case = Readonly<{
  case: string;
  /** Where it comes from, or the arithmetic. */
  because: string;
  given: readonly Fact[];
  /** Measure and series. */
  figure: `${string} ${string}`;
  scope?: Scope;
  period?: Period;
  /** `1 of 2`, `3 in 31 days`, the median and the count of durations, or `none` with the reason. */
  is: string;
  /** What is listed or in doubt, by its reason; `open` and `contradictory` too. */
  shows?: Readonly<Record<string, readonly string[]>>;
}>;
