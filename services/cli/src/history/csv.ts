import { Unreadable } from './row.ts';

/** A record of CSV, by the names of its first line. */
export type CsvRecord = Readonly<Record<string, string>>;

const LONGEST_FIELD = 100_000;

/** RFC 4180, as it comes in: quotes, doubled quotes, line ends of any kind inside and outside of them. */
export async function* csvRecords(
  chunks: AsyncIterable<string>,
  separator = ',',
): AsyncGenerator<CsvRecord | Unreadable> {
  let names: readonly string[] | undefined;
  for await (const fields of csvLines(chunks, separator)) {
    if (names === undefined) names = fields.map(name => name.trim().replace(/^\uFEFF/, ''));
    else if (fields.length > 1 || fields[0] !== '') yield recordOf(names, fields);
  }
}

const recordOf = (names: readonly string[], fields: readonly string[]): CsvRecord | Unreadable => {
  if (fields.length !== names.length)
    return new Unreadable(
      'wrong-number-of-fields',
      `It has ${fields.length} fields, and the first line names ${names.length}.`,
    );
  return Object.fromEntries(names.map((name, nth) => [name, fields[nth] ?? '']));
};

async function* csvLines(chunks: AsyncIterable<string>, separator: string): AsyncGenerator<readonly string[]> {
  const reader = new CsvReader(separator);
  for await (const chunk of chunks) yield* reader.read(chunk);
  yield* reader.end();
}

type State = 'start' | 'plain' | 'quoted' | 'quote';

class CsvReader {
  #state: State = 'start';
  #field = '';
  #fields: string[] = [];
  #afterReturn = false;
  readonly #separator: string;

  constructor(separator: string) {
    this.#separator = separator;
  }

  *read(chunk: string): Generator<readonly string[]> {
    for (const character of chunk) {
      const isSecond = this.#afterReturn && character === '\n';
      this.#afterReturn = character === '\r' && this.#state !== 'quoted';
      if (isSecond) continue;
      if (this.#take(character)) yield this.#line();
    }
  }

  *end(): Generator<readonly string[]> {
    if (this.#fields.length > 0 || this.#field !== '' || this.#state !== 'start') yield this.#line();
  }

  /** Whether the line is over. */
  #take(character: string): boolean {
    if (this.#state === 'quoted') {
      if (character === '"') this.#state = 'quote';
      else this.#add(character);
      return false;
    }
    if (character === '"' && this.#state !== 'plain') {
      if (this.#state === 'quote') this.#add('"');
      this.#state = 'quoted';
      return false;
    }
    if (character === this.#separator) return this.#next();
    if (character === '\n' || character === '\r') return true;
    this.#add(character);
    this.#state = 'plain';
    return false;
  }

  #add(character: string): void {
    if (this.#field.length < LONGEST_FIELD) this.#field += character;
  }

  #next(): false {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#state = 'start';
    return false;
  }

  #line(): readonly string[] {
    this.#next();
    const fields = this.#fields;
    this.#fields = [];
    return fields;
  }
}
