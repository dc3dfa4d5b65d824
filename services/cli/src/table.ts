import type { Json, JsonObject } from './client.ts';

/** A heading, and the path of a field (`window.start`); the first path that has a value counts. */
export type Column = readonly [heading: string, ...paths: readonly string[]];

/** A digest is not cut: it is typed again. */
const MAX_WIDTH = 'sha256:'.length + 64;

/** Columns under headings, for people. */
export const table = (columns: readonly Column[], items: readonly JsonObject[]): string => {
  const filled = columns.filter(column => items.some(item => valueAt(item, column) !== undefined));
  const rows = [
    filled.map(([heading]) => heading.toUpperCase()),
    ...items.map(item => filled.map(column => cut(inWords(valueAt(item, column))))),
  ];
  const widths = filled.map((_, at) => Math.max(...rows.map(row => lengthOf(row[at]))));
  return rows
    .map(
      row =>
        `${row
          .map((cell, at) => padded(cell, widths[at]))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
};

/** A value on one line. */
export const inWords = (value: Json | undefined): string => {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string')
    return value.replace(/(T\d{2}:\d{2}:\d{2})\.\d+Z$/, '$1Z').replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ');
  if (typeof value !== 'object') return String(value);
  if (isList(value)) return value.map(inWords).join(', ');
  const { start, end } = value;
  if (typeof start === 'string' && typeof end === 'string') return `${inWords(start)} to ${inWords(end)}`;
  return Object.entries(value)
    .map(([name, each]) => `${name}: ${inWords(each)}`)
    .join(', ');
};

/** The objects in a list that a record has; none where it has no such list. */
export const objectsIn = (record: JsonObject, name: string): readonly JsonObject[] => {
  const { [name]: list } = record;
  return Array.isArray(list) ? (list as readonly JsonObject[]) : [];
};

const valueAt = (item: JsonObject, [, ...paths]: Column): Json | undefined =>
  paths.map(path => fieldOf(item, path)).find(value => value !== undefined && value !== null);

const fieldOf = (item: JsonObject, path: string): Json | undefined =>
  path.split('.').reduce<Json | undefined>((value, name) => (isObject(value) ? value[name] : undefined), item);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

const characters = new Intl.Segmenter();
const partsOf = (cell: string): string[] => Array.from(characters.segment(cell), ({ segment }) => segment);
const lengthOf = (cell = ''): number => partsOf(cell).length;
const padded = (cell: string, width = 0): string => cell + ' '.repeat(width - lengthOf(cell));
const cut = (cell: string): string =>
  lengthOf(cell) > MAX_WIDTH
    ? `${partsOf(cell)
        .slice(0, MAX_WIDTH - 1)
        .join('')}…`
    : cell;
