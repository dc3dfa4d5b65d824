import type { JsonObject } from '../client.ts';
import { notUtf8, tooLong, Unreadable } from './row.ts';

const LONGEST_RECORD = 4_000_000;

/** One JSON object a line. A line that is none is said so, and the next one is read. */
export async function* jsonLines(chunks: AsyncIterable<string>): AsyncGenerator<JsonObject | Unreadable> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    // One character more says that it was too long, however long it was.
    rest = (lines.pop() ?? '').slice(0, LONGEST_RECORD + 1);
    for (const line of lines) if (line.trim() !== '') yield objectIn(line);
  }
  if (rest.trim() !== '') yield objectIn(rest);
}

/**
 * The objects of the first list in a JSON document, which is that list or an object that has it under some name: what tools
 * answer and export (`[…]`, `{"incidents": […]}`, `{"result": […]}`). A document without a list is one record. Read as it
 * comes in, so that it may be longer than memory.
 */
export async function* jsonElements(chunks: AsyncIterable<string>): AsyncGenerator<JsonObject | Unreadable> {
  const scanner = new Scanner();
  for await (const chunk of chunks) for (const text of scanner.read(chunk)) yield objectIn(text);
  const rest = scanner.end();
  if (rest !== undefined) yield typeof rest === 'string' ? objectIn(rest) : rest;
}

class Scanner {
  #depth = 0;
  /** Inside of the list: how deep it stands. */
  #list: number | undefined;
  #isDone = false;
  #isQuoted = false;
  #isEscaped = false;
  #text = '';

  *read(chunk: string): Generator<string> {
    for (const character of chunk) {
      if (this.#isDone) return;
      const wasInElement = this.#isInElement();
      if (this.#isQuoted) this.#quoted(character);
      else this.#bare(character);
      if (this.#list === undefined || wasInElement || this.#isInElement()) this.#keep(character);
      if (wasInElement && !this.#isInElement()) yield this.#taken();
    }
  }

  /** A document that had no list, or that its list has no end. */
  end(): string | Unreadable | undefined {
    if (this.#list === undefined && !this.#isDone && this.#text.trim() !== '') return this.#taken();
    if (this.#isDone) return undefined;
    return new Unreadable('cut-off', 'The file ends in the middle of it: export the rest again.');
  }

  #isInElement(): boolean {
    return this.#list !== undefined && this.#depth > this.#list;
  }

  #quoted(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (character === '\\') this.#isEscaped = true;
    else if (character === '"') this.#isQuoted = false;
  }

  #bare(character: string): void {
    if (character === '"') this.#isQuoted = true;
    else if (character === '{') this.#depth += 1;
    else if (character === '[') this.#open();
    else if (character === '}' || character === ']') this.#close();
  }

  #open(): void {
    this.#depth += 1;
    // Of the document itself, or of a name of it: what stands deeper belongs to a record.
    if (this.#list === undefined && this.#depth <= 2 && !this.#isOfOneRecord()) {
      this.#list = this.#depth;
      this.#text = '';
    }
  }

  #isOfOneRecord(): boolean {
    return (
      this.#depth === 2 && !/"(incidents|issues|result|records|deployments|items|data|values)"\s*:\s*$/.test(this.#text)
    );
  }

  #close(): void {
    this.#depth -= 1;
    if (this.#list !== undefined && this.#depth < this.#list) this.#isDone = true;
  }

  #keep(character: string): void {
    if (this.#text.length <= LONGEST_RECORD) this.#text += character;
  }

  #taken(): string {
    const text = this.#text;
    this.#text = '';
    return text;
  }
}

const objectIn = (text: string): JsonObject | Unreadable => {
  if (text.length > LONGEST_RECORD) return tooLong(LONGEST_RECORD);
  if (!text.isWellFormed()) return notUtf8();
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
    return new Unreadable('no-object', 'It is JSON, and no object: a record is one object with its fields.');
  } catch (error) {
    return new Unreadable('malformed-json', `It is no JSON: ${(error as Error).message.slice(0, 200)}`);
  }
};
