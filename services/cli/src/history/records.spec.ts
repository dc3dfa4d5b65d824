import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Chunks } from './chunks.ts';
import { csvRecords } from './csv.ts';
import { jsonElements, jsonLines } from './json-records.ts';
import { Unreadable } from './row.ts';

const chunks = async function* (text: string, size: number): AsyncGenerator<string> {
  for (let from = 0; from < text.length; from += size) yield text.slice(from, from + size);
};
const all = async <Value>(values: AsyncIterable<Value>): Promise<readonly Value[]> => {
  const found: Value[] = [];
  for await (const value of values) found.push(value);
  return found;
};
const csv = (text: string, size = 3) => all(csvRecords(chunks(text, size)));
const json = (text: string, size = 3) => all(jsonElements(chunks(text, size)));
const lines = (text: string, size = 3) => all(jsonLines(chunks(text, size)));
const codes = (read: readonly unknown[]) => read.map(each => (each instanceof Unreadable ? each.code : each));

test('a table has a record a line, by the names of its first line', async () => {
  expect(await csv('\uFEFFkey, state\r\n1,ok\r\n\r\n2,"a ""b"", c\nd"\n3,')).toEqual([
    { key: '1', state: 'ok' },
    { key: '2', state: 'a "b", c\nd' },
    { key: '3', state: '' },
  ]);
  expect(codes(await csv('a,b\n1\n1,2,3\n1,2'))).toEqual([
    'wrong-number-of-fields',
    'wrong-number-of-fields',
    { a: '1', b: '2' },
  ]);
});

test('whatever a table says is read again, however it comes in', async () => {
  const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', 'ü') });
  const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(field, field)), fc.integer({ min: 1, max: 9 }), async (rows, size) => {
      const text = ['a,b', ...rows.map(row => row.map(quoted).join(','))].join('\r\n');
      expect(await csv(text, size)).toEqual(rows.map(([a, b]) => ({ a, b })));
    }),
  );
});

test.each([
  ['a list', '[{"id":1},{"id":2,"tags":[1,{"x":"]}"}]}]'],
  ['a page', '{"offset":0,"incidents":[{"id":1},{"id":2,"tags":[1,{"x":"]}"}]}],"more":[{"id":9}]}'],
  ['a result', ' { "result" : [ {"id":1} ,\n {"id":2,"tags":[1,{"x":"]}"}]} ] }'],
])('the records of %s', async (_, text) =>
  expect(await json(text)).toEqual([{ id: 1 }, { id: 2, tags: [1, { x: ']}' }] }]),
);

test('a document without a list is one record, also when a list is in it', async () => {
  expect(await json('{"id":1,"labels":[{"a":1}]}')).toEqual([{ id: 1, labels: [{ a: 1 }] }]);
  expect(codes(await json('[{"id":1},{"id'))).toEqual([{ id: 1 }, 'cut-off']);
});

test('whatever is in a list is read again, however it comes in', () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true })),
      fc.integer({ min: 1, max: 9 }),
      async (records, size) => {
        const plain = JSON.parse(JSON.stringify(records)) as unknown;
        expect(await json(JSON.stringify({ total: 1, issues: records }, null, 1), size)).toEqual(plain);
        expect(await lines(records.map(each => JSON.stringify(each)).join('\n'), size)).toEqual(plain);
      },
    ),
  ));

test('a line that is no object is said so, and the next one is read', async () =>
  expect(codes(await lines('{"id":1}\n\n{"id"\n[1]\n{"id":2}'))).toEqual([
    { id: 1 },
    'malformed-json',
    'no-object',
    { id: 2 },
  ]));

test('where quotes do not match the line is said so, and the one after it is read', async () => {
  const table = 'a,b\n1,"open\n2,x\n3,"closed" here\n4,"two\nlines"\n5,"again\n6,y';
  for (const size of [1, 7, 1_000])
    expect(codes(await csv(table, size))).toEqual([
      'broken-quotes',
      { a: '2', b: 'x' },
      'broken-quotes',
      { a: '4', b: 'two\nlines' },
      'broken-quotes',
      { a: '6', b: 'y' },
    ]);
});

test('a record that is too long is said so, and the one after it is read', async () => {
  const long = 'x'.repeat(1_100_000);
  for (const size of [64_000, 3_000_000]) {
    expect(codes(await csv(`a,b\n1,${long}\n2,y`, size))).toEqual(['record-too-long', { a: '2', b: 'y' }]);
    expect(codes(await lines(`{"id":"${long.repeat(4)}"}\n{"id":2}`, size))).toEqual(['record-too-long', { id: 2 }]);
    expect(codes(await json(`[{"id":"${long.repeat(4)}"},{"id":2}]`, size))).toEqual(['record-too-long', { id: 2 }]);
  }
});

describe('bytes', () => {
  let directory: string;
  beforeAll(async () => void (directory = await mkdtemp(join(tmpdir(), 'slipway-chunks-'))));
  afterAll(() => rm(directory, { recursive: true }));
  const textIn = async (bytes: Uint8Array): Promise<string> => {
    const file = join(directory, 'file');
    await writeFile(file, bytes);
    return (await all(new Chunks(file))).join('');
  };

  test('of UTF-8 are its text, also where a character is cut in two', async () => {
    // Longer than what is read at once, so that each character is cut somewhere.
    const text = 'aü€😀\n'.repeat(40_000);
    expect(await textIn(Buffer.from(text))).toBe(text);
  });

  test('of anything else are a line that is not well-formed, and the lines beside it are read', async () => {
    const latin = Buffer.from('{"key":"1"}\n{"key":"Z\u00fcrich"}\n{"key":"3"}\n{"key":"\u00e4', 'latin1');
    expect(codes(await lines(await textIn(latin)))).toEqual([
      { key: '1' },
      'invalid-utf-8',
      { key: '3' },
      'invalid-utf-8',
    ]);
    expect(codes(await csv(await textIn(Buffer.from('a,b\n1,\u00fc\n2,x', 'latin1'))))).toEqual([
      'invalid-utf-8',
      { a: '2', b: 'x' },
    ]);
  });
});
