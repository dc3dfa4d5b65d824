import fc from 'fast-check';
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
  await expect(json('[{"id":1},{"id')).rejects.toThrow('ends in the middle');
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
