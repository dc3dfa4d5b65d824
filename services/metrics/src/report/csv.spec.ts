import { answered } from '../pages/year.example.ts';
import { reportCsv } from './csv.ts';
import { executiveReport } from './executive.ts';
import { executiveCsv } from './executive-csv.ts';

/** RFC 4180, read back: each line by the names of the first. */
const rowsOf = (csv: string): readonly Readonly<Record<string, string>>[] => {
  const [names = [], ...lines] = csv
    .split('\r\n')
    .slice(0, -1)
    .map(line =>
      [...`,${line}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
      ),
    );
  for (const line of lines) expect(line).toHaveLength(names.length);
  return lines.map(line => Object.fromEntries(names.map((name, index) => [name, line[index] ?? ''])));
};

const report = answered({ by: 'service' });
const [first] = report.slices!;

test('a line for each figure of the whole and of each slice, with every number', () => {
  const rows = rowsOf(reportCsv(report));
  const series = report.measures!.flatMap(({ figures }) => figures).length;
  expect(rows).toHaveLength(series * (1 + report.slices!.length));
  const figure = report.measures!.find(({ measure }) => measure === 'lead-time')!.figures[0]!;
  expect(rows.find(({ series: each, slice }) => each === 'lead-time' && slice === '')).toMatchObject({
    measure: 'lead-time',
    definition: 'first/2',
    value: String(figure.value),
    p90: String(figure.p90),
    numerator: String(figure.numerator),
    denominator: String(figure.denominator),
    counted: '71',
    intervalLow: String(figure.interval!.low),
    method: 'order statistics',
    dataQuality: String(figure.dataQuality),
    doubts: 'rollout-without-known-commits 5',
    before: String(figure.comparison!.before.value),
    difference: String(figure.comparison!.difference),
    differenceLow: String(figure.comparison!.interval!.low),
    verdict: 'unclear',
    zone: 'Europe/Berlin',
    position: '48213',
    period: '2026-03',
  });
});

test('nothing to measure is an empty cell with its reason, not 0', () => {
  const rows = rowsOf(reportCsv(report)).filter(({ measure }) => measure === 'time-to-resolve');
  expect(rows.map(({ value, reason, denominator }) => [value, reason, denominator])).toContainEqual([
    '',
    'no-incident-resolved',
    '0',
  ]);
});

test.each(['=1+1', '+cmd|x', '-2', '@SUM(A1)', '\t=1', ' =HYPERLINK("x")'])('a name such as %j is no formula', name => {
  const [row] = rowsOf(reportCsv({ ...report, measures: [], slices: [{ ...first!, name }] }));
  expect(row?.['slice']).toBe(`'${name}`);
});

test('negative numbers stay numbers, and a corrected slice says so', () => {
  const restatements = [{ period: '2026-03', id: 'x', at: '2026-05-01T00:00:00.000Z', position: 1, figureCount: 1 }];
  const rows = rowsOf(reportCsv({ ...report, slices: [{ ...first!, restatements }] }));
  expect(rows.some(({ difference }) => /^-\d/.test(difference ?? ''))).toBe(true);
  expect(new Set(rows.filter(({ slice }) => slice !== '').map(({ restated }) => restated))).toEqual(new Set(['true']));
});

test('the report of a month has a line for each figure of each of its parts', () => {
  const executive = executiveReport({
    month: '2026-03',
    ofMonth: report,
    ofYear: answered({ every: 'month', months: 12 }),
    ofTeams: answered({ by: 'team' }),
  });
  const rows = rowsOf(executiveCsv(executive));
  const count = (part: string): number => rows.filter(each => each['part'] === part).length;
  expect([count('month'), count('trend'), count('team'), count('service')]).toEqual([7, 84, 21, 35]);
  expect(rows.find(each => each['part'] === 'trend' && each['period'] === '2025-12')).toMatchObject({
    measure: 'change-success',
    numerator: '45',
    denominator: '56',
  });
});
