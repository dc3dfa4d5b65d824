import { notUtf8, tooLong, Unreadable } from './row.ts';

/** A record of CSV, by the names of its first line. */
export type CsvRecord = Readonly<Record<string, string>>;

const LONGEST_RECORD = 1_000_000;

/**
 * RFC 4180, as it comes in: quotes, doubled quotes, line ends of any kind inside and outside of them. Where quotes go wrong the
 * line is said so, and the one after it is read.
 */
export async function* csvRecords(
  chunks: AsyncIterable<string>,
  separator = ',',
): AsyncGenerator<CsvRecord | Unreadable> {
  let names: readonly string[] | undefined;
  for await (const fields of csvLines(chunks, separator, () => names?.length)) {
    if (fields instanceof Unreadable) yield fields;
    else if (names === undefined) names = fields.map(name => name.trim().replace(/^\uFEFF/, ''));
    else if (fields.length > 1 || fields[0] !== '') yield recordOf(names, fields);
  }
}

const recordOf = (names: readonly string[], fields: readonly string[]): CsvRecord | Unreadable => {
  if (fields.some(field => !field.isWellFormed())) return notUtf8();
  if (fields.length !== names.length)
    return new Unreadable(
      'wrong-number-of-fields',
      `It has ${fields.length} fields, and the first line names ${names.length}: put what has a separator in it in quotes.`,
    );
  return Object.fromEntries(names.map((name, nth) => [name, fields[nth] ?? '']));
};

/** `wanted`: how many fields a record should have; one of several lines that has another number has its quotes wrong. */
async function* csvLines(
  chunks: AsyncIterable<string>,
  separator: string,
  wanted: () => number | undefined,
): AsyncGenerator<readonly string[] | Unreadable> {
  const reader = new CsvReader(separator, wanted);
  for await (const chunk of chunks) yield* reader.read(chunk);
  yield* reader.end();
}

type Found = Readonly<{ fields: readonly string[]; next: number }>;
type Line = Readonly<{ end: number; next: number }>;

class CsvReader {
  #text = '';
  #isSkipping = false;
  readonly #separator: string;
  readonly #wanted: () => number | undefined;

  constructor(separator: string, wanted: () => number | undefined) {
    this.#separator = separator;
    this.#wanted = wanted;
  }

  read(chunk: string): Generator<readonly string[] | Unreadable> {
    this.#text += chunk;
    return this.#records(false);
  }

  end(): Generator<readonly string[] | Unreadable> {
    return this.#records(true);
  }

  *#records(isEnd: boolean): Generator<readonly string[] | Unreadable> {
    let from = 0;
    while (from < this.#text.length) {
      const line = lineAt(this.#text, from, isEnd);
      if (this.#isSkipping) {
        this.#isSkipping = line === undefined;
        from = line?.next ?? this.#text.length;
        continue;
      }
      const isShort = line !== undefined && line.end - from <= LONGEST_RECORD;
      const found = isShort ? this.#recordAt(from, line, isEnd) : undefined;
      if (found === undefined && this.#text.length - from <= LONGEST_RECORD) break;
      if (found === undefined) yield isShort ? brokenQuotes() : tooLong(LONGEST_RECORD);
      else yield found === 'broken' ? brokenQuotes() : found.fields;
      this.#isSkipping = line === undefined;
      from = typeof found === 'object' ? found.next : (line?.next ?? this.#text.length);
    }
    this.#text = this.#text.slice(from);
  }

  #recordAt(from: number, line: Line, isEnd: boolean): Found | 'broken' | undefined {
    const plain = this.#text.slice(from, line.end);
    if (!plain.includes('"')) return { fields: plain.split(this.#separator), next: line.next };
    const found = this.#quotedAt(from, isEnd);
    const wanted = this.#wanted();
    const isOdd = typeof found === 'object' && wanted !== undefined && found.fields.length !== wanted;
    return isOdd && found.next > line.next ? 'broken' : found;
  }

  /** Undefined: it goes on in what is not there yet. */
  #quotedAt(from: number, isEnd: boolean): Found | 'broken' | undefined {
    const fields: string[] = [];
    for (let at = from; ;) {
      const field = this.#text[at] === '"' ? this.#unquoted(at) : this.#bare(at);
      if (field === 'broken') return field;
      if (field === undefined) return isEnd ? 'broken' : undefined;
      fields.push(field.text);
      if (this.#text[field.end] === this.#separator) at = field.end + 1;
      else {
        const over = lineAt(this.#text, field.end, isEnd);
        return over && { fields, next: over.next };
      }
    }
  }

  #bare(from: number): Readonly<{ text: string; end: number }> {
    let end = from;
    while (end < this.#text.length && !this.#isEnd(end)) end += 1;
    return { text: this.#text.slice(from, end), end };
  }

  #unquoted(from: number): Readonly<{ text: string; end: number }> | 'broken' | undefined {
    for (let at = from + 1; ;) {
      const quote = this.#text.indexOf('"', at);
      if (quote < 0) return undefined;
      if (this.#text[quote + 1] === '"') at = quote + 2;
      else if (quote + 1 < this.#text.length && !this.#isEnd(quote + 1)) return 'broken';
      else return { text: this.#text.slice(from + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
  }

  #isEnd(at: number): boolean {
    const character = this.#text[at];
    return character === this.#separator || character === '\n' || character === '\r';
  }
}

/** Where the line ends, and the next begins; undefined while its end is not there. */
const lineAt = (text: string, from: number, isEnd: boolean): Line | undefined => {
  const end = LINE_END.exec(((LINE_END.lastIndex = from), text))?.index;
  if (end === undefined) return isEnd ? { end: text.length, next: text.length } : undefined;
  if (text[end] === '\n') return { end, next: end + 1 };
  if (end + 1 === text.length && !isEnd) return undefined;
  return { end, next: end + (text[end + 1] === '\n' ? 2 : 1) };
};

const LINE_END = /[\r\n]/g;

const brokenQuotes = (): Unreadable =>
  new Unreadable(
    'broken-quotes',
    'Its quotes do not match: close each field that begins with one, and double those within.',
  );
