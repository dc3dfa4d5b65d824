import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text as allOf } from 'node:stream/consumers';
import { parseAllDocuments } from 'yaml';
import { type Entity, fromBackstage, isEntity } from './backstage.ts';
import type { CatalogDocument, Read } from './catalog-document.ts';
import { WrongUsage } from './failures.ts';

type Value = Readonly<{ file: string; value: object }>;

/** A file, a folder with all below it, or standard input, as one document. Throws `WrongUsage`. */
export const documentIn = async (path: string): Promise<Read> => {
  const files = path === '-' ? [path] : await filesIn(path);
  const values: Value[] = [];
  for (const file of files) values.push(...valuesIn(await textOf(file), file));
  if (values.length === 0) throw new WrongUsage(`${path} holds no document: it begins with services:, people: …`);
  const isBackstage = ({ value }: Value): boolean => isEntity(value);
  const { document, remarks } = fromBackstage(values.filter(isBackstage).map(({ value }) => value as Entity));
  const own = values.filter(value => !isBackstage(value)).map(({ value, file }) => listsIn(value, file));
  return { document: merged([...own, document]), remarks };
};

const filesIn = async (path: string): Promise<readonly string[]> => {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!found.isDirectory()) return [path];
  const names = await readdir(path, { recursive: true });
  return names
    .filter(name => /\.(?:ya?ml|json)$/i.test(name))
    .sort()
    .map(name => join(path, name));
};

/** Of a file, or of standard input. Throws `WrongUsage`. */
export const textOf = async (file: string): Promise<string> => {
  try {
    return file === '-' ? await allOf(process.stdin) : await readFile(file, 'utf8');
  } catch (error) {
    throw unreadable(file, error);
  }
};

const unreadable = (file: string, error: unknown): WrongUsage =>
  new WrongUsage(`${file} cannot be read: ${(error as Error).message}.`);

/** YAML, or JSON, which is YAML too; a file may hold several documents, and empty ones are none. */
const valuesIn = (text: string, file: string): readonly Value[] => {
  const values = parseAllDocuments(text).map(document => {
    const [error] = document.errors;
    if (error) throw new WrongUsage(`${file} is not YAML: ${error.message}`);
    return valueOf(document, file);
  });
  return values.filter(value => value !== null).map(value => ({ file, value: anObject(value, file) }));
};

const valueOf = (document: { toJS: (options: { maxAliasCount: number }) => unknown }, file: string): unknown => {
  try {
    // Bounded, so that a small file stays small.
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new WrongUsage(`${file} is not YAML: ${(error as Error).message}`);
  }
};

const anObject = (value: unknown, file: string): object => {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new WrongUsage(`${file} holds no document: it begins with services:, environments:, people: …`);
};

const listsIn = (value: object, file: string): CatalogDocument => {
  for (const [name, list] of Object.entries(value))
    if (!Array.isArray(list)) throw new WrongUsage(`${file}: ${name} is not a list.`);
  return value as CatalogDocument;
};

const merged = (documents: readonly CatalogDocument[]): CatalogDocument =>
  documents.reduce<Record<string, readonly unknown[]>>((all, document) => {
    for (const [name, list] of Object.entries(document)) all[name] = [...(all[name] ?? []), ...list];
    return all;
  }, {});
