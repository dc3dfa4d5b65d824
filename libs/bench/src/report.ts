import { appendCpu, columns, type Figure } from './figure.ts';
import type { LostCount } from './lost.ts';
import type { Results } from './results.ts';
import { type Summary, summaryOf } from './statistics.ts';
import { targets } from './targets.ts';

/** Everything for people: ratios first, then what they are made of. */
export const reportOf = (results: Results): string =>
  [
    table('Ratios (ours is better above 1; median, lowest and highest round)', ratioRows(results)),
    ...Object.entries(results.figures).map(([part, figures]) => table(part, figureRows(figures))),
    ...(results.lost ? [table('What the own reader of each store saw of 16 writers', lostRows(results.lost))] : []),
    table('Settings, as each store sees them in a session of its own', settingRows(results)),
    table('Machine and versions', surroundingRows(results)),
    ...results.notes,
  ].join('\n\n');

const ratioRows = ({ ratioRounds }: Results): readonly Row[] => [
  ['ratio', 'median', 'rounds', 'at least', ''],
  ...Object.entries(ratioRounds).map(([name, { median, lowest, highest }]) => {
    const target = targets[name];
    return [
      name,
      figureOf(median),
      `${figureOf(lowest)} – ${figureOf(highest)}`,
      target === undefined ? '' : String(target),
      target === undefined ? '' : median >= target ? 'reached' : 'not reached',
    ];
  }),
];

const figureRows = (figures: Readonly<Record<string, readonly Figure[] | null>>): readonly Row[] => [
  [
    '',
    'a second',
    'rounds',
    'p50 ms',
    'p99 ms',
    ...columns.map(column => `${column} µs`),
    'append µs',
    'Kafka s',
    'view s',
  ],
  ...Object.entries(figures).map(([name, found]) => {
    const rounds = found ?? [];
    const rates = summaryOf(rounds.map(({ rate }) => rate));
    return [
      name,
      medianOf(rounds, ({ rate }) => rate),
      rates ? `${figureOf(rates.lowest)} – ${figureOf(rates.highest)}` : '',
      medianOf(rounds, ({ latencyMs }) => latencyMs?.p50),
      medianOf(rounds, ({ latencyMs }) => latencyMs?.p99),
      ...columns.map(column => medianOf(rounds, ({ cpuMicros }) => cpuMicros?.[column])),
      medianOf(rounds, appendCpu),
      medianOf(rounds, ({ drainSeconds }) => drainSeconds?.kafka),
      medianOf(rounds, ({ drainSeconds }) => drainSeconds?.view),
    ];
  }),
];

const lostRows = (lost: Readonly<Record<string, LostCount>>): readonly Row[] => [
  ['', 'appended', 'never seen', 'seen twice', 'out of order in a stream'],
  ...Object.entries(lost).map(([store, { appended, neverSeen, seenTwice, outOfOrder }]) =>
    [store, appended, neverSeen, seenTwice, outOfOrder].map(String),
  ),
];

const settingRows = ({ settings }: Results): readonly Row[] => {
  const names = [...new Set(Object.values(settings).flatMap(Object.keys))];
  return [
    ['', ...names],
    ...Object.entries(settings).map(([store, values]) => [store, ...names.map(name => values[name] ?? '')]),
  ];
};

const surroundingRows = ({ machine, versions }: Results): readonly Row[] => [
  ['processors', machine.processors],
  ['memory', `${machine.memoryGiB} GiB`],
  ['system', machine.system],
  ['fsync of 8 KiB', `median ${figureOf(machine.fsyncMs.median)} ms, p99 ${figureOf(machine.fsyncMs.p99)} ms`],
  ...Object.entries(versions),
];

type Row = readonly string[];

const medianOf = (rounds: readonly Figure[], of: (figure: Figure) => number | undefined): string => {
  const summary: Summary | undefined = summaryOf(rounds.flatMap(figure => of(figure) ?? []));
  return summary ? figureOf(summary.median) : '';
};

/** Three digits that count. */
const figureOf = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : String(Number(value.toPrecision(3)));

const table = (title: string, rows: readonly Row[]): string => {
  const used = rows.map(row => row.filter((_, column) => rows.some((each, nth) => nth > 0 && each[column])));
  const widths = (used[0] ?? []).map((_, column) => Math.max(...used.map(row => (row[column] ?? '').length)));
  const lines = used.map(row =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  return [title, ...lines.map(line => `  ${line}`)].join('\n');
};
