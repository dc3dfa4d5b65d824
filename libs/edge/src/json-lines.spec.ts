import { jsonLines } from './json-lines.ts';

const body = (text: string, type = 'application/x-ndjson') => ({
  rawBody: Buffer.from(text),
  headers: { 'content-type': type },
});
const problem = (code: string) => expect.objectContaining({ problem: expect.objectContaining({ code }) as unknown });

test('each line is a value, or says why it is none; blank ones are left out and counted', () =>
  expect(jsonLines(body('{"a":1}\r\n\n {"b":\n"\\u0000"\n[2]'), 10)).toEqual([
    { row: 1, value: { a: 1 } },
    { row: 3, problem: expect.objectContaining({ code: 'malformed-json' }) as unknown },
    { row: 4, problem: expect.objectContaining({ code: 'invalid-text' }) as unknown },
    { row: 5, value: [2] },
  ]));

test.each([
  [body('{}', 'application/json'), 'unsupported-media-type'],
  [{ headers: { 'content-type': 'application/x-ndjson' } }, 'unsupported-media-type'],
  [body(' \n\n'), 'no-rows'],
  [body('1\n2\n3'), 'too-many-rows'],
])('%# is refused as a whole', (request, code) => expect(() => jsonLines(request, 2)).toThrow(problem(code)));
