import { rated } from '../figures/figure.ts';
import { type Elapsed, elapsedIn } from '../measures/deployment-frequency.ts';
import type { Period } from '../periods/period.ts';
import type { Measured } from '../report/delivery-report.ts';

type Shown = Measured['figures'][number];

/** The figures of a month that was not over when they were counted, as they are now: nothing happened since but time. */
export const agedTo = (measures: readonly Measured[], period: Period): readonly Measured[] =>
  measures.map(measured => ({
    ...measured,
    figures: measured.figures.map(figure => aged(measured.measure, figure, period)),
  }));

const aged = (measure: string, figure: Shown, period: Period): Shown => ({
  ...figure,
  ...(measure === 'deployment-frequency' && figure.denominator > 0 && frequency(figure, elapsedIn(period))),
  open: figure.open.map(each => ({ ...each, ageSeconds: Math.max(0, period.now - Date.parse(each.since)) / 1000 })),
});

const frequency = ({ unit, series, numerator }: Shown, elapsed: Elapsed) =>
  rated(
    unit === 'per-day' ? 'per-day' : 'ratio',
    numerator,
    series === 'rollouts-per-day' ? elapsed.days : elapsed.touched,
  );
