import { extname } from 'node:path';
import type { Json, JsonObject } from '../client.ts';
import { documentIn } from '../document.ts';
import { WrongUsage } from '../failures.ts';
import { csvRecords } from './csv.ts';
import { Chunks } from './chunks.ts';
import { jsonElements, jsonLines } from './json-records.ts';
import { mapped, type Mapping, mappingIn } from './mapping.ts';
import { type Kind, type Shape, Unreadable } from './row.ts';
import { shapeOf, shapes } from './shapes/all.ts';

export type Reading = Readonly<{
  system: string | undefined;
  /** Rows, or why a record is none, in the order of the file; `share`: of the file that was read. */
  rows: () => AsyncGenerator<Readonly<{ record?: JsonObject; said: JsonObject | Unreadable; share: number }>>;
}>;

export type ReadingOptions = Readonly<{
  kind: Kind;
  file: string;
  size: number;
  mapping?: string;
  from?: string;
  given: Readonly<Record<string, string>>;
}>;

/** How a file is read: by a mapping, as an export of a tool, or as rows that are ready. */
export const readingOf = async ({ kind, file, size, mapping, from, given }: ReadingOptions): Promise<Reading> => {
  const isCsv = ['.csv', '.tsv'].includes(extname(file));
  if (isCsv && mapping === undefined)
    throw new WrongUsage('A table needs a mapping: --mapping says what its columns mean.');
  const map = mapping === undefined ? undefined : mappingIn(await documentIn(mapping, 'fields:'));
  if (from !== undefined && map !== undefined) throw new WrongUsage('Give either --from or --mapping.');
  const read = map ? mapped(map, kind) : reading(kind, from);
  return {
    system: map?.system,
    rows: async function* () {
      const chunks = new Chunks(file);
      for await (const record of recordsIn(file, chunks, isCsv ? separatorOf(file, map) : undefined)) {
        const share = Math.min(1, chunks.bytes / Math.max(1, size));
        if (record instanceof Unreadable) yield { said: record, share };
        else yield { record, said: rowOf(read, record, given), share };
      }
    },
  };
};

const separatorOf = (file: string, map: Mapping | undefined): string =>
  map?.separator ?? (extname(file) === '.tsv' ? '\t' : ',');

/** By the tool that is named; else the one that each record looks like; else it is a row. */
const reading = (kind: Kind, from: string | undefined): ((record: JsonObject) => JsonObject) => {
  const named = from === undefined ? undefined : shapes[from];
  if (named && !named.reads[kind]) throw new WrongUsage(`An export of ${named.system} tells of no ${kind}.`);
  return record => {
    const shape = from === 'rows' ? undefined : (named ?? shapeOf(record));
    return shape ? readBy(shape, kind, record) : record;
  };
};

const readBy = ({ reads, system }: Shape, kind: Kind, record: JsonObject): JsonObject => {
  const read = reads[kind];
  if (read) return read(record);
  throw new Unreadable('other-kind', `It looks like an export of ${system}, which tells of no ${kind}.`);
};

/** What is given on the command line holds where a record says nothing. */
const rowOf = (
  read: (record: JsonObject) => JsonObject,
  record: JsonObject,
  given: Readonly<Record<string, string>>,
): JsonObject | Unreadable => {
  try {
    const said = read(record);
    const missing = Object.entries(given).filter(([name]) => said[name] === undefined);
    return {
      ...said,
      ...Object.fromEntries(missing.map(([name, value]): [string, Json] => [name, valueOf(name, value)])),
    };
  } catch (error) {
    if (error instanceof Unreadable) return error;
    throw error;
  }
};

const valueOf = (name: string, value: string): Json =>
  name === 'services' || name === 'environments' ? value.split(',').map(each => each.trim()) : value;

/** The system of an export, by its first record. */
export const systemOf = async (reading: Reading, from: string | undefined): Promise<string | undefined> => {
  const named = from === undefined ? undefined : shapes[from]?.system;
  if (reading.system ?? named) return reading.system ?? named;
  for await (const { record } of reading.rows()) if (record) return shapeOf(record)?.system;
  return undefined;
};

const recordsIn = (
  file: string,
  chunks: AsyncIterable<string>,
  separator: string | undefined,
): AsyncIterable<JsonObject | Unreadable> => {
  if (separator !== undefined) return csvRecords(chunks, separator);
  return ['.jsonl', '.ndjson'].includes(extname(file)) ? jsonLines(chunks) : jsonElements(chunks);
};
