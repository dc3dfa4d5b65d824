import type { Figure } from './figure.ts';
import { type Interval, ofDifference, ofMedians } from './intervals.ts';

/** A figure beside the same of the period before, with how sure it is that they differ. */
export type Comparison = Readonly<{
  before: Readonly<{ value: number | null; numerator: number; denominator: number }>;
  /** This period less the one before; null when one of them has no value. */
  difference: number | null;
  /** Of the difference, with a confidence of 95 %; null where there are too few for one. */
  interval: Interval | null;
  /** `unclear`: the interval holds no difference at all, or there is none. */
  verdict: 'higher' | 'lower' | 'unclear';
}>;

export const compared = (figure: Figure, before: Figure): Comparison => {
  const interval = intervalOf(figure, before);
  const { value, numerator, denominator } = before;
  return {
    before: { value, numerator, denominator },
    difference: figure.value === null || value === null ? null : figure.value - value,
    interval,
    verdict:
      interval === null || (interval.low <= 0 && interval.high >= 0)
        ? 'unclear'
        : interval.low > 0
          ? 'higher'
          : 'lower',
  };
};

const intervalOf = (figure: Figure, before: Figure): Interval | null => {
  if (figure.unit === 'seconds') return ofMedians(secondsOf(figure), secondsOf(before));
  if (figure.value === null || before.value === null || !figure.interval || !before.interval) return null;
  const method = figure.unit === 'ratio' ? 'Newcombe' : 'Zou and Donner';
  return ofDifference(figure.value, figure.interval, before.value, before.interval, method);
};

const secondsOf = ({ population }: Figure): readonly number[] => population.map(({ seconds = 0 }) => seconds);
