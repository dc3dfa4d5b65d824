import { type ImportedRecord, inDifference } from './difference.ts';

const plain = { paint: (_style: string, text: string) => text };
const painted = { paint: (style: string, text: string) => `<${style}>${text}</>` };
const records: readonly ImportedRecord[] = [
  { record: 'service', name: 'cart', outcome: 'added', fields: [{ field: 'name', after: 'cart' }] },
  {
    record: 'service',
    name: 'checkout',
    outcome: 'changed',
    fields: [
      { field: 'criticality', before: 'low', after: 'high' },
      { field: 'aliases', before: ['a'], after: [] },
    ],
  },
  { record: 'environment', name: 'production', outcome: 'unchanged', fields: [] },
  {
    record: 'team',
    name: 'old',
    outcome: 'retired',
    fields: [{ field: 'state', before: 'Registered', after: 'Retired' }],
  },
  {
    record: 'role-grant',
    name: 'viewer for x@y',
    outcome: 'refused',
    fields: [],
    code: 'unknown-person',
    detail: 'Nobody.',
  },
];

test('each record that differs is a line, with its fields; the rest is counted', () => {
  expect(inDifference(records, true, plain)).toBe(
    [
      '+ service cart',
      '~ service checkout',
      '    criticality: low -> high',
      '    aliases: a -> nothing',
      '- team old',
      '! role-grant viewer for x@y',
      '    Nobody. (unknown-person)',
      '1 added, 1 changed, 1 unchanged, 1 retired, 1 refused (dry run: nothing was written)',
      '',
    ].join('\n'),
  );
});

test('nothing to do says so', () => {
  expect(inDifference(records.slice(2, 3), false, plain)).toBe('1 unchanged\n');
});

test('on a terminal the lines have colors', () => {
  expect(inDifference(records.slice(0, 1), false, painted)).toContain('<green>+ service cart</>');
});
