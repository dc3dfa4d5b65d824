import type { FigureSaid, RestatedFigure } from '@slipway/contracts';
import type { Measured } from '../report/delivery-report.ts';

type Shown = Measured['figures'][number];

/** The figures of a service that are other ones than before, in the order of a report. Lists and doubts are no figures. */
export const changedFigures = (
  serviceId: string,
  before: readonly Measured[],
  after: readonly Measured[],
): readonly RestatedFigure[] => {
  const earlier = new Map(before.flatMap(({ measure, figures }) => figures.map(each => [keyOf(measure, each), each])));
  return after.flatMap(({ measure, definition, figures }) =>
    figures.flatMap(figure => {
      const was = earlier.get(keyOf(measure, figure));
      if (!was || isSame(was, figure)) return [];
      return [{ serviceId, measure, series: figure.series, definition, before: saidBy(was), after: saidBy(figure) }];
    }),
  );
};

const keyOf = (measure: string, { series }: Shown): string => `${measure} ${series}`;

const isSame = (one: Shown, other: Shown): boolean => JSON.stringify(saidBy(one)) === JSON.stringify(saidBy(other));

const saidBy = ({ value, p90, mean, numerator, denominator, counted }: Shown): FigureSaid => ({
  value,
  ...(p90 !== undefined && { p90 }),
  ...(mean !== undefined && { mean }),
  numerator,
  denominator,
  counted,
});
