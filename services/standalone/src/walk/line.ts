import type { Answer, Body } from './walker.ts';

/** What somebody types after `slipway`, and what is piped into it. */
export type Line = Readonly<{
  words: readonly string[];
  input?: unknown;
  /** What was printed, as the answer that a request gets; or the line that asks for it. */
  read?: (printed: any) => Answer | Line; // oxlint-disable-line typescript/no-explicit-any -- JSON of many shapes
}>;

export type Lines = Readonly<Record<string, (record: string, id: string, body: Body) => Line>>;

type Word = string | number | boolean | undefined;

/** `{ backoutMinutes: 5 }` is `--backout-minutes 5`; a list follows its name, and what is absent or false is not typed. */
export const optionsOf = (said: Readonly<Record<string, Word | readonly Word[]>>): readonly string[] =>
  Object.entries(said).flatMap(([name, value]) => optionOf(`--${kebab(name)}`, value));

const optionOf = (name: string, value: Word | readonly Word[]): readonly string[] => {
  if (value === undefined || value === false) return [];
  if (value === true) return [name];
  if (!isList(value)) return [name, String(value)];
  return value.length === 0 ? [] : [name, ...value.map(String)];
};

const isList = (value: Word | readonly Word[]): value is readonly Word[] => Array.isArray(value);

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

/** What is printed is the list alone. */
export const listed =
  (name: string) =>
  (list: unknown): Answer => ({ status: 200, body: { [name]: list } });

export const OPTION_OF_FILE = ['-f', '-'] as const;
