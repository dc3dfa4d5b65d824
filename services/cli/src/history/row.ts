import type { Json, JsonObject } from '../client.ts';

/** What is imported. The path of each is its name. */
export const KINDS = ['deployments', 'incidents', 'changes'] as const;
export type Kind = (typeof KINDS)[number];

/** A record of the file cannot be read as what it should be. `code` is stable. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly code: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
  }
}

export const notUtf8 = (): Unreadable =>
  new Unreadable('invalid-utf-8', 'It is not UTF-8: convert the file, for example by `iconv -f LATIN1 -t UTF-8`.');

export const tooLong = (characters: number): Unreadable =>
  new Unreadable('record-too-long', `It is longer than ${characters} characters: leave out what is not asked for.`);

/** How records of one tool are read as rows. Throws `Unreadable`. */
export type Shape = Readonly<{
  /** The tool: where nothing else is said, the system of the rows. */
  system: string;
  /** Where its fields are described. */
  source: string;
  reads: Readonly<Partial<Record<Kind, (record: JsonObject) => JsonObject>>>;
  /** Whether a record looks like one of it. */
  isOne: (record: JsonObject) => boolean;
}>;

/** At a path of names; undefined where something on the way is not there. */
export const at = (record: Json | undefined, ...path: readonly string[]): Json | undefined => {
  let found = record;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || Array.isArray(found)) return undefined;
    found = (found as JsonObject)[name];
  }
  return found ?? undefined;
};

/** A text that says something, of a text or a number. */
export const textAt = (record: Json | undefined, ...path: readonly string[]): string | undefined => {
  const found = at(record, ...path);
  if (typeof found !== 'string' && typeof found !== 'number') return undefined;
  const text = String(found).trim();
  return text === '' ? undefined : text;
};

export const listAt = (record: Json | undefined, ...path: readonly string[]): readonly Json[] => {
  const found = at(record, ...path);
  return Array.isArray(found) ? found : [];
};

/** Throws `Unreadable`: the record says nothing of it. */
export const needed = <Value>(value: Value | undefined, field: string): Value => {
  if (value === undefined)
    throw new Unreadable('field-missing', `It says nothing of ${field}: fill it in, or name a value for all.`);
  return value;
};

/** What a tool's word means here. Throws `Unreadable` for a word that nobody knows. */
export const meaning = <Meaning extends string>(
  words: Readonly<Record<string, Meaning>>,
  said: string | undefined,
  field: string,
): Meaning => {
  const word = needed(said, field);
  const means = Object.hasOwn(words, word) ? words[word] : words[word.toLowerCase()];
  if (means !== undefined) return means;
  throw new Unreadable(
    'unknown-word',
    `${field} is ${word}, which is none of ${Object.keys(words).join(', ')}: say it in one of these words, or name the words in a mapping.`,
  );
};

const LONGEST_TITLE = 200;

/** On one line, and not too long. */
export const titleOf = (text: string): string => {
  const line = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').trim();
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, LONGEST_TITLE - 1).toWellFormed()}…`;
};

/** Without what is absent. */
export const present = (row: Readonly<Record<string, Json | undefined>>): JsonObject =>
  Object.fromEntries(Object.entries(row).filter((entry): entry is [string, Json] => entry[1] !== undefined));
