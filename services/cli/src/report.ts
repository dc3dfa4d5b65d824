import type { JsonObject } from './client.ts';
import { inWords, table } from './table.ts';

type Figure = Readonly<{
  series: string;
  unit: string;
  value: number | null;
  p90?: number | null;
  mean?: number | null;
  numerator: number;
  denominator: number;
  open: readonly unknown[];
  dataQuality: number | null;
}>;

export type Report = Readonly<{
  service?: Readonly<{ name: string }>;
  environment?: Readonly<{ name: string }>;
  from: string;
  to: string;
  zone: string;
  position: number;
  /** Absent over so many services that one figure of all would be of too many facts. */
  measures?: readonly Readonly<{ title: string; definition: string; figures: readonly Figure[] }>[];
}>;

/** Every figure with what it is made of: a figure alone misleads. */
export const reportInWords = (report: Report): string => {
  const { service, environment, from, to, zone, position, measures } = report;
  const about = `${service ? service.name : 'all services'}${environment ? ` in ${environment.name}` : ''}`;
  const head = `Delivery of ${about}, ${inWords(from)} to ${inWords(to)} (${zone}), as of log position ${position}\n`;
  if (!measures)
    return `${head}\nOver so many services there is no figure of the whole: ask for --service, --team or --application.\n`;
  return `${head}\n${table(COLUMNS, measures.flatMap(rowsOf))}`;
};

const COLUMNS = [
  ['measure', 'measure'],
  ['series', 'series'],
  ['value', 'value'],
  ['p90', 'p90'],
  ['mean', 'mean'],
  ['made of', 'madeOf'],
  ['open', 'open'],
  ['quality', 'quality'],
  ['definition', 'definition'],
] as const;

const rowsOf = ({ title, definition, figures }: NonNullable<Report['measures']>[number]): JsonObject[] =>
  figures.map(figure => rowOf(title, definition, figure, figure.open.length));

const rowOf = (measure: string, definition: string, figure: Omit<Figure, 'open'>, open: number): JsonObject => {
  const { series, unit, value, p90, mean, numerator, denominator, dataQuality } = figure;
  return {
    measure,
    series,
    value: amount(value, unit),
    p90: p90 === undefined ? null : amount(p90, unit),
    mean: mean === undefined ? null : amount(mean, unit),
    madeOf: unit === 'seconds' ? `${denominator} measured` : `${numerator} of ${denominator}`,
    open: open > 0 ? open : null,
    quality: dataQuality === null ? null : percent(dataQuality),
    definition,
  };
};

type Headline = Omit<Figure, 'open'> &
  Readonly<{ title: string; definition: string; open: number; comparison?: Readonly<{ verdict: string }> }>;

export type Executive = Readonly<{
  month: string;
  zone: string;
  position: number;
  figures: readonly Headline[];
  proposals: Readonly<{
    items: readonly Readonly<{ service: string; gate: string; rule: string; version: string; proposal: string }>[];
  }>;
}>;

/** The figures of a month beside the month before, and what the rules propose. */
export const executiveInWords = ({ month, zone, position, figures, proposals }: Executive): string => {
  const head = `Delivery in ${month} (${zone}), as of log position ${position}\n`;
  const rows = figures.map(({ comparison, open, ...figure }) => ({
    ...rowOf(figure.title, figure.definition, figure, open),
    before: comparison?.verdict ?? null,
  }));
  const proposed = proposals.items.map(
    ({ service, gate, rule, version, proposal }) => `  ${service}: ${gate} (${rule} ${version}). ${proposal}\n`,
  );
  const said = proposed.length === 0 ? 'No gate change is proposed.\n' : `Proposed gate changes:\n${proposed.join('')}`;
  return `${head}\n${table([...COLUMNS, ['against the month before', 'before']], rows)}\n${said}`;
};

/** A figure with its unit; nothing measured is not 0. */
export const amount = (value: number | null, unit: string): string => {
  if (value === null) return 'none';
  if (unit === 'seconds') return duration(value);
  if (unit === 'ratio') return percent(value);
  return `${rounded(value)} a day`;
};

const percent = (ratio: number): string => `${rounded(ratio * 100)} %`;
const rounded = (value: number): string => String(Math.round(value * 100) / 100);

const duration = (seconds: number): string => {
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 86_400), 'd'],
    [Math.floor((whole % 86_400) / 3_600), 'h'],
    [Math.floor((whole % 3_600) / 60), 'min'],
    [whole % 60, 's'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).slice(0, 2);
  return said.length === 0 ? '0 s' : said.map(([count, unit]) => `${count} ${unit}`).join(' ');
};
