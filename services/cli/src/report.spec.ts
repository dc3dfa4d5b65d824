import { amount, reportInWords } from './report.ts';

test.each([
  [null, 'ratio', 'none'],
  [0, 'ratio', '0 %'],
  [1 / 3, 'ratio', '33.33 %'],
  [0.0714, 'per-day', '0.07 a day'],
  [0, 'seconds', '0 s'],
  [59.6, 'seconds', '1 min'],
  [3_725, 'seconds', '1 h 2 min'],
  [180_000, 'seconds', '2 d 2 h'],
])('%s (%s): %s', (value, unit, words) => {
  expect(amount(value, unit)).toBe(words);
});

test('a figure is shown with what it is made of', () => {
  const text = reportInWords({
    service: { name: 'checkout' },
    from: '2026-03-01T00:00:00.000Z',
    to: '2026-04-01T00:00:00.000Z',
    zone: 'UTC',
    position: 42,
    measures: [
      {
        title: 'Change fail rate',
        definition: 'first/1',
        figures: [
          { series: 'rollouts', unit: 'ratio', value: 0.5, numerator: 1, denominator: 2, open: [], dataQuality: 1 },
        ],
      },
    ],
  });
  expect(text).toBe(
    [
      'Delivery of checkout, 2026-03-01T00:00:00Z to 2026-04-01T00:00:00Z (UTC), as of log position 42',
      '',
      'MEASURE           SERIES    VALUE  MADE OF  QUALITY  DEFINITION',
      'Change fail rate  rollouts  50 %   1 of 2   100 %    first/1',
      '',
    ].join('\n'),
  );
});
