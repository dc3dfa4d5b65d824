import {
  type AnsweredFigure,
  type AnsweredReport,
  type AnsweredSlice,
  isRestated,
  oldestOf,
} from '../report/answered.ts';
import { addressOf } from './addresses.ts';
import type { Shown } from './figures.ts';
import type { Row } from './interval-chart.ts';
import type { Content } from './markup.ts';
import type { Measured } from './scale.ts';

type Of = Readonly<{ measure: string; definition: string }>;

/** Makes what tables and cards show of the figures of a report, which knows where they open down. */
export type Showing = (slice: AnsweredSlice, of: Of, figure: AnsweredFigure, name: Content) => Shown;

export const showing =
  (report: AnsweredReport, others: Readonly<Record<string, string>> = {}): Showing =>
  (slice, { measure, definition }, figure, name) => ({
    ...figure,
    name,
    definition,
    address: addressOf(report, measure, slice, others),
    open: figure.open.length,
    oldestOpenSeconds: oldestOf(figure),
    restated: isRestated(slice, measure, figure.series),
  });

type Drawable = Pick<AnsweredFigure, 'value' | 'interval'>;

/** A figure as charts need it. */
export const measuredOf = ({ value, interval }: Drawable): Measured => ({
  value,
  ...(interval && { low: interval.low, high: interval.high }),
});

export const rowOf = (name: string, figure: Pick<Shown, 'value' | 'interval' | 'comparison' | 'restated'>): Row => ({
  ...measuredOf(figure),
  name,
  restated: figure.restated,
  ...(figure.comparison && { before: figure.comparison.before.value }),
});
