import fc from 'fast-check';
import { NotCsv, recordsIn } from './csv.ts';

test('records by the names of the first line', () => {
  const text =
    '\uFEFFname,email,accounts\r\nAnn,ann@example.org,github:ann gitlab:ann\r\n\r\n"Bo ""B"" Doe, Dr", ,sub:bo\n';
  expect(recordsIn(text)).toEqual([
    { line: 2, values: { name: 'Ann', email: 'ann@example.org', accounts: 'github:ann gitlab:ann' } },
    { line: 4, values: { name: 'Bo "B" Doe, Dr', accounts: 'sub:bo' } },
  ]);
});

test('a semicolon separates where the first line has no comma', () => {
  expect(recordsIn('name;email\n"Doe, Bo";bo@example.org')).toEqual([
    { line: 2, values: { name: 'Doe, Bo', email: 'bo@example.org' } },
  ]);
});

test('a line break in quotes counts as a line', () => {
  expect(recordsIn('a,b\n"x\ny",1\nz,2\n').map(({ line }) => line)).toEqual([2, 4]);
});

test.each([
  ['', 'There is no line'],
  ['\n\n', 'There is no line'],
  ['a,a\n1,2', 'A column is named twice.'],
  ['a,b\n1', 'Line 2 has 1 fields'],
  ['a,b\n1,2,3', 'Line 2 has 3 fields'],
  ['a,b\n1,2\n"3,4', 'Line 3 has a quote'],
  ['a,b\n1,2"\n', 'Line 2 has a quote'],
  ['a,b\n"1"x,2\n', 'Line 2 has a quote'],
])('%j is no CSV', (text, why) => {
  expect(() => recordsIn(text)).toThrow(NotCsv);
  expect(() => recordsIn(text)).toThrow(why);
});

const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r\n', ' ', 'é'), maxLength: 6 });
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

test('what is written in quotes is read as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 5 }), rows => {
      const text = ['x,y', ...rows.map(row => row.map(quoted).join(','))].join('\r\n');
      const kept = rows.map(row => row.map(each => each.trim())).filter(row => row.some(each => each !== ''));
      const read = recordsIn(text).map(({ values }) => [values['x'] ?? '', values['y'] ?? '']);
      expect(read).toEqual(kept);
    }),
  );
});
