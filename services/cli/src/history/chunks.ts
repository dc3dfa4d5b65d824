import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';

// No UTF-8 gives half of a surrogate pair: a text that has one was none.
const NOT_UTF8 = '\uDCFF';
const NEWLINE = 10;

/** A file as text, and how many bytes of it were read. A line that is not UTF-8 is not well-formed; all others are. */
export class Chunks implements AsyncIterable<string> {
  bytes = 0;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    let rest: Uint8Array = Buffer.alloc(0);
    for await (const chunk of createReadStream(this.#file) as AsyncIterable<Buffer>) {
      this.bytes += chunk.length;
      const bytes = Buffer.concat([rest, chunk]);
      const whole = bytes.length - cutOff(bytes);
      yield textOf(bytes.subarray(0, whole));
      rest = bytes.subarray(whole);
    }
    if (rest.length > 0) yield textOf(rest);
  }
}

/** How many bytes at the end begin a character that goes on. */
const cutOff = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return lengthOf(byte) > back ? back : 0;
  }
  return 0;
};

const lengthOf = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2);

const textOf = (bytes: Uint8Array): string => {
  if (isUtf8(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString();
  let text = '';
  for (let from = 0; from < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, from);
    const next = newline < 0 ? bytes.length : newline + 1;
    const line = Buffer.from(bytes.subarray(from, next));
    text += isUtf8(line) ? line.toString() : line.toString().replaceAll('\uFFFD', NOT_UTF8);
    from = next;
  }
  return text;
};
