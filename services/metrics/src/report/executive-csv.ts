import type { Executive, Headline, Part } from './executive.ts';
import { comparisonIn, FIGURE_COLUMNS, intervalIn, linesOf } from './csv.ts';

/** A line for each figure: of the month, of the twelve months, of teams and of services; `part` says which. */
export const executiveCsv = (report: Executive): string => {
  const { month, zone, position } = report;
  const parts: readonly (readonly [string, Part])[] = [
    ['month', { ...report, period: month }],
    ...report.trend.map(part => ['trend', part] as const),
    ...report.teams.map(part => ['team', { period: month, ...part }] as const),
    ...report.services.map(part => ['service', { period: month, ...part }] as const),
  ];
  return linesOf(
    COLUMNS,
    parts.flatMap(([part, { id, name, period, from, to, blend, figures, restatements }]) =>
      figures.map(figure => ({
        part,
        id,
        name,
        period,
        from,
        to,
        zone,
        blend,
        position,
        ...cellsOf(figure),
        restated: restatements && restatements.length > 0,
      })),
    ),
  );
};

const COLUMNS = [
  'part',
  'id',
  'name',
  'period',
  'from',
  'to',
  'zone',
  'blend',
  'restated',
  ...FIGURE_COLUMNS.filter(column => column !== 'median' && column !== 'contradictory'),
  'position',
];

const cellsOf = (headline: Headline): Readonly<Record<string, unknown>> => {
  const { interval, comparison: _, doubts, ...figure } = headline;
  return {
    ...figure,
    doubts: Object.entries(doubts)
      .map(([reason, count]) => `${reason} ${count}`)
      .join(', '),
    ...intervalIn('interval', interval),
    method: interval?.method,
    ...comparisonIn(headline),
  };
};
