import fc from 'fast-check';
import { csvLine } from './csv-line.ts';

test('separates by commas, ends with CRLF and quotes what needs it', () => {
  expect(csvLine([1, 'a', 'b,c', 'say "x"', 'two\nlines', null, undefined, { a: 1 }])).toBe(
    '1,a,"b,c","say ""x""","two\nlines",,,"{""a"":1}"\r\n',
  );
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '|calc', '%x'])('%j is no formula', text => {
  expect(csvLine([text])).toMatch(/^"?'/);
});

test('a negative number is a number', () => {
  expect(csvLine([-1])).toBe('-1\r\n');
});

/** The cells of one line, as a reader of RFC 4180 takes them. */
const read = (line: string): readonly string[] => {
  const cells: string[] = [];
  for (let rest = `,${line.slice(0, -2)}`; rest !== '';) {
    const [whole = '', quoted, plain] = /^,(?:"((?:[^"]|"")*)"|([^",]*))/.exec(rest) ?? [];
    if (whole === '') throw new Error(`not CSV: ${rest}`);
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    rest = rest.slice(whole.length);
  }
  return cells;
};

test('whatever is written is read again, but for the apostrophe, and begins no formula', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1, maxLength: 5 }), cells => {
      const again = read(csvLine(cells));
      expect(again.map((cell, index) => (cell === `'${cells[index]}` ? cells[index] : cell))).toEqual(cells);
      for (const cell of again) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    }),
  );
});
