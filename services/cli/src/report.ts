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
  measures: readonly Readonly<{ title: string; definition: string; figures: readonly Figure[] }>[];
}>;

/** Every figure with what it is made of: a figure alone misleads. */
export const reportInWords = (report: Report): string => {
  const { service, environment, from, to, zone, position, measures } = report;
  const about = `${service ? service.name : 'all services'}${environment ? ` in ${environment.name}` : ''}`;
  const head = `Delivery of ${about}, ${inWords(from)} to ${inWords(to)} (${zone}), as of log position ${position}\n`;
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

const rowsOf = ({ title, definition, figures }: Report['measures'][number]): JsonObject[] =>
  figures.map(({ series, unit, value, p90, mean, numerator, denominator, open, dataQuality }) => ({
    measure: title,
    series,
    value: amount(value, unit),
    p90: p90 === undefined ? null : amount(p90, unit),
    mean: mean === undefined ? null : amount(mean, unit),
    madeOf: unit === 'seconds' ? `${denominator} measured` : `${numerator} of ${denominator}`,
    open: open.length > 0 ? open.length : null,
    quality: dataQuality === null ? null : percent(dataQuality),
    definition,
  }));

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
