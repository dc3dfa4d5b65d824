import type { Json, JsonObject } from '../client.ts';
import { WrongUsage } from '../failures.ts';
import { type Kind, needed, present, Unreadable } from './row.ts';
import { instantOf, type Timing } from './times.ts';

/** Where a field of a row comes from: a column, or a value for all; how it is written; what its words mean. */
export type Field = Timing &
  Readonly<{
    column?: string;
    value?: string;
    /** Several in one text. */
    split?: string;
    /** Words of the source, and what they mean here. A word that is not here is refused. */
    words?: Readonly<Record<string, string>>;
  }>;

/** How the columns of a table, or the names of objects, are read as rows. */
export type Mapping = Timing &
  Readonly<{ system?: string; separator?: string; fields: Readonly<Record<string, Field | string>> }>;

const SAYS = ['system', 'separator', 'timeZone', 'format', 'fields'];
const FIELD_SAYS = ['column', 'value', 'split', 'words', 'format', 'timeZone'];

/** Throws `WrongUsage`: a mapping that says what nobody understands is a mistake. */
export const mappingIn = (document: object): Mapping => {
  const { fields, timeZone } = document as Partial<Mapping>;
  refuseOthers(document, SAYS, 'The mapping');
  if (typeof fields !== 'object' || fields === null) throw new WrongUsage('The mapping has no fields.');
  for (const [name, field] of Object.entries(fields)) {
    if (typeof field === 'string') continue;
    refuseOthers(field, FIELD_SAYS, `The field ${name} of the mapping`);
    if ((field.column === undefined) === (field.value === undefined))
      throw new WrongUsage(`The field ${name} of the mapping takes either a column or a value.`);
    refuseZone(field.timeZone);
  }
  refuseZone(timeZone);
  return document as Mapping;
};

const refuseOthers = (said: object, known: readonly string[], what: string): void => {
  const other = Object.keys(said).find(name => !known.includes(name));
  if (other !== undefined) throw new WrongUsage(`${what} says ${other}: it knows ${known.join(', ')}.`);
};

const refuseZone = (timeZone: string | undefined): void => {
  try {
    if (timeZone !== undefined) new Intl.DateTimeFormat('en', { timeZone });
  } catch {
    throw new WrongUsage(`${timeZone} is no time zone: give a name such as Europe/Berlin.`);
  }
};

const LISTS: readonly string[] = ['services', 'environments', 'digests'];
const FLAGS: readonly string[] = ['major', 'tookTraffic', 'breakGlass', 'unauthorized'];
const REFERENCES: readonly string[] = ['change', 'undoes'];
const CAUSES: Readonly<Record<string, string>> = { causedByChange: 'change', causedByDeployment: 'deployment' };

/** A row out of a record. Throws `Unreadable`. */
export const mapped =
  ({ fields, format, timeZone }: Mapping, _kind: Kind) =>
  (record: JsonObject): JsonObject => {
    const read = Object.entries(fields).map(([name, said]): [string, Json | undefined] => {
      const field = typeof said === 'string' ? { column: said } : said;
      const text = textOf(record, field);
      return [name, text === undefined ? undefined : valueOf(name, text, { format, timeZone, ...field })];
    });
    const row = Object.fromEntries(read.filter(([name]) => !(name in CAUSES)));
    const causes = read.flatMap(([name, key]) =>
      name in CAUSES && typeof key === 'string' ? [{ kind: CAUSES[name] ?? '', record: { key } }] : [],
    );
    needed(row['key'] ?? undefined, 'key');
    return present({ ...row, ...(causes.length > 0 && { causes }) });
  };

const textOf = (record: JsonObject, { column, value }: Field): string | undefined => {
  if (value !== undefined) return value;
  if (column === undefined || !Object.hasOwn(record, column))
    throw new Unreadable('no-such-column', `There is no column ${column}: correct the mapping, or the record.`);
  const said = record[column];
  if (said === null || said === undefined) return undefined;
  const text = String(typeof said === 'object' ? JSON.stringify(said) : said).trim();
  return text === '' ? undefined : text;
};

const valueOf = (name: string, text: string, field: Field): Json => {
  if (name.endsWith('At')) return instantOf(text, field);
  const { split, words } = field;
  if (LISTS.includes(name)) return (split === undefined ? [text] : text.split(split)).map(each => each.trim());
  const word = words ? wordIn(name, text, words) : text;
  if (FLAGS.includes(name)) return flagOf(name, word);
  return REFERENCES.includes(name) ? { key: word } : word;
};

const wordIn = (name: string, text: string, words: Readonly<Record<string, string>>): string => {
  const means = Object.hasOwn(words, text) ? words[text] : undefined;
  if (means !== undefined) return means;
  throw new Unreadable(
    'unknown-word',
    `${name} is ${text}, and the mapping has words for ${Object.keys(words).join(', ')} only: add what it means.`,
  );
};

const flagOf = (name: string, word: string): boolean => {
  if (/^(true|yes|1)$/i.test(word)) return true;
  if (/^(false|no|0)$/i.test(word)) return false;
  throw new Unreadable(
    'unknown-word',
    `${name} is ${word}, which is neither true nor false: say yes or no, or add what it means to the mapping.`,
  );
};
