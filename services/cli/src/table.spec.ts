import { inWords, table } from './table.ts';

test('columns are as wide as what stands in them, and nothing trails', () => {
  const text = table(
    [
      ['number', 'number'],
      ['title', 'title'],
    ],
    [
      { number: 'REL-1', title: 'Checkout' },
      { number: 'REL-12', title: 'Karte' },
    ],
  );
  expect(text).toBe('NUMBER  TITLE\nREL-1   Checkout\nREL-12  Karte\n');
});

test('a column that nobody fills is left out; the first path with a value counts', () => {
  const text = table(
    [
      ['service', 'serviceName', 'target.serviceId'],
      ['never', 'never'],
    ],
    [{ serviceName: 'checkout' }, { serviceName: null, target: { serviceId: 's-1' } }],
  );
  expect(text).toBe('SERVICE\ncheckout\ns-1\n');
});

test.each([
  ['2026-03-02T09:00:00.000Z', '2026-03-02T09:00:00Z'],
  [
    { start: '2026-03-02T09:00:00.000Z', end: '2026-03-02T10:00:00.000Z' },
    '2026-03-02T09:00:00Z to 2026-03-02T10:00:00Z',
  ],
  [['a', { b: 1 }], 'a, b: 1'],
  [null, ''],
  [false, 'false'],
  ['a title\u001b[31m that paints\u202e', 'a title [31m that paints '],
])('%j in words', (value, words) => {
  expect(inWords(value)).toBe(words);
});

test('what is too long is cut, and says so', () => {
  expect(table([['t', 't']], [{ t: 'x'.repeat(100) }])).toBe(`T\n${'x'.repeat(70)}…\n`);
});

test('a digest is not cut, since who approves types it again', () => {
  const digest = `sha256:${'a'.repeat(64)}`;
  expect(table([['content', 'contentDigest']], [{ contentDigest: digest }])).toBe(`CONTENT\n${digest}\n`);
});
