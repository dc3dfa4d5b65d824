import { csvLine } from '@slipway/edge';
import type { Interval } from '../figures/intervals.ts';
import {
  type AnsweredFigure,
  type AnsweredMeasure,
  type AnsweredReport,
  type AnsweredSlice,
  oldestOf,
} from './answered.ts';

type Cells = Readonly<Record<string, unknown>>;

/** A line for each figure: of the whole, then slice by slice. Every number, and what it stands on. */
export const reportCsv = (report: AnsweredReport): string => {
  const { slices = [], zone, position } = report;
  const asked = { position, zone, ...limitsIn(report) };
  return linesOf(
    COLUMNS,
    [report, ...slices].flatMap(part =>
      (part.measures ?? []).flatMap(measure =>
        measure.figures.map(figure => ({ ...asked, ...partIn(part), ...figureIn(measure, figure) })),
      ),
    ),
  );
};

/** RFC 4180, under the names of the columns. */
export const linesOf = (columns: readonly string[], rows: readonly Cells[]): string =>
  [columns, ...rows.map(row => columns.map(column => row[column]))].map(csvLine).join('');

const LIMITS = ['team', 'region', 'releaseKind', 'changeModel', 'size', 'pattern'] as const;

const limitsIn = (report: AnsweredReport): Cells => ({
  service: report.service?.name,
  application: report.application?.name,
  environment: report.environment?.name,
  ...Object.fromEntries(LIMITS.map(limit => [limit, report[limit]])),
});

const partIn = (part: AnsweredSlice): Cells => ({
  by: part.by,
  sliceId: part.id,
  slice: part.name,
  period: part.period,
  from: part.from,
  to: part.to,
  blend: part.blend,
  restated: part.restatements && part.restatements.length > 0,
});

/** What a line says of a figure. */
export const figureIn = (
  { measure, definition }: Pick<AnsweredMeasure, 'measure' | 'definition'>,
  figure: AnsweredFigure,
): Cells => {
  const { value, series, unit, reason, median, p90, mean, numerator, denominator, counted, dataQuality } = figure;
  const { open, contradictory, doubts } = figure;
  return {
    measure,
    definition,
    series,
    unit,
    value,
    reason,
    median,
    p90,
    mean,
    numerator,
    denominator,
    counted,
    ...intervalIn('interval', figure.interval),
    method: figure.interval?.method,
    dataQuality,
    open: open.length,
    oldestOpenSeconds: oldestOf(figure),
    contradictory: contradictory.length,
    doubts: doubts.map(doubt => `${doubt.reason} ${doubt.count}`).join(', '),
    ...comparisonIn(figure),
  };
};

/** How it stands beside the period before. */
export const comparisonIn = ({ comparison }: Pick<AnsweredFigure, 'comparison'>): Cells =>
  comparison === undefined
    ? {}
    : {
        before: comparison.before.value,
        beforeNumerator: comparison.before.numerator,
        beforeDenominator: comparison.before.denominator,
        difference: comparison.difference,
        ...intervalIn('difference', comparison.interval),
        verdict: comparison.verdict,
      };

export const intervalIn = (of: string, interval: Interval | null): Cells =>
  interval === null ? {} : { [`${of}Low`]: interval.low, [`${of}High`]: interval.high };

const PART = ['by', 'sliceId', 'slice', 'period', 'from', 'to', 'zone', 'blend', 'restated'];

export const FIGURE_COLUMNS = [
  'measure',
  'definition',
  'series',
  'unit',
  'value',
  'reason',
  'median',
  'p90',
  'mean',
  'numerator',
  'denominator',
  'counted',
  'intervalLow',
  'intervalHigh',
  'method',
  'dataQuality',
  'open',
  'oldestOpenSeconds',
  'contradictory',
  'doubts',
  'before',
  'beforeNumerator',
  'beforeDenominator',
  'difference',
  'differenceLow',
  'differenceHigh',
  'verdict',
];

const COLUMNS = [...PART, ...FIGURE_COLUMNS, 'service', 'application', 'environment', ...LIMITS, 'position'];
