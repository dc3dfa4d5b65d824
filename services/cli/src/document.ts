import { readFile } from 'node:fs/promises';
import { text as allOf } from 'node:stream/consumers';
import { parse } from 'yaml';
import type { Json } from './client.ts';
import { WrongUsage } from './failures.ts';

/** The one document in a file of YAML, or of JSON, which is YAML too; `-` is standard input. `begins`: how such a one begins. */
export const documentIn = async (file: string, begins: string): Promise<object> => {
  const document = valueIn(await textOf(file), file);
  if (typeof document === 'object' && document !== null && !Array.isArray(document)) return document;
  throw new WrongUsage(`${file} holds no document: it begins with ${begins} …`);
};

/** The list in such a file. Throws `WrongUsage`. */
export const listIn = async (file: string): Promise<readonly Json[]> => {
  const value = valueIn(await textOf(file), file);
  if (Array.isArray(value)) return value as readonly Json[];
  throw new WrongUsage(`${file} holds no list.`);
};

/** What a file says; `-` is standard input. Throws `WrongUsage`. */
export const textOf = async (file: string): Promise<string> => {
  try {
    return file === '-' ? await allOf(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw new WrongUsage(`${file} cannot be read: ${(error as Error).message}.`);
  }
};

/** YAML, or JSON, which is YAML too. Throws `WrongUsage`. */
export const valueIn = (text: string, file: string): unknown => {
  try {
    // Bounded, so that a small file stays small.
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new WrongUsage(`${file} is not YAML: ${(error as Error).message}`);
  }
};
