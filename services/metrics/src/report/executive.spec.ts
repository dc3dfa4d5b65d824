import { definitionOf } from '../measures/index.ts';
import { answered } from '../pages/year.example.ts';
import { executiveReport, HEADLINES } from './executive.ts';

const ofMonth = answered({ by: 'service' });
const ofYear = answered({ every: 'month', months: 12 });
const ofTeams = answered({ by: 'team' });
const report = executiveReport({ month: '2026-03', ofMonth, ofYear, ofTeams });

test('headlines are series of measures that there are', () => {
  for (const { measure, series } of HEADLINES) expect(Object.keys(definitionOf(measure)!.series)).toContain(series);
});

test('a month has its figures beside the month before, twelve months, every team and every service', () => {
  expect(report.figures.map(({ measure }) => measure)).toEqual(HEADLINES.map(({ measure }) => measure));
  expect(report.figures[2]).toMatchObject({
    measure: 'rollback-rate',
    definition: 'first/1',
    numerator: 23,
    denominator: 76,
    counted: 76,
    comparison: { before: { numerator: 7, denominator: 68 }, verdict: 'higher' },
  });
  expect(report.trend.map(({ period }) => period)).toEqual([
    '2025-04', '2025-05', '2025-06', '2025-07', '2025-08', '2025-09',
    '2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03',
  ]); // prettier-ignore
  expect(report.teams.map(({ name }) => name)).toEqual(['Money', 'Platform & Access', 'Storefront']);
  expect(report.services.map(({ name, blend }) => [name, blend])).toContainEqual(['ledger-export', false]);
  expect(report.blend).toBe(true);
});

test('the last of the twelve months says what the month says', () => {
  const values = (figures: typeof report.figures) =>
    figures.map(({ series, value, numerator }) => [series, value, numerator]);
  expect(values(report.trend.at(-1)!.figures)).toEqual(values(report.figures));
});

test('what is open is told with the age of the oldest, and what is in doubt is counted', () => {
  const mttr = report.figures.find(({ measure }) => measure === 'mttr');
  expect(mttr).toMatchObject({ open: 2 });
  expect(mttr!.oldestOpenSeconds).toBeGreaterThan(86_400);
  expect(report.figures.find(({ measure }) => measure === 'lead-time')).toMatchObject({
    doubts: { 'rollout-without-known-commits': 5 },
  });
});

test('nothing known is null with its reason', () => {
  const exported = report.services.find(({ name }) => name === 'ledger-export')!;
  expect(exported.figures.find(({ measure }) => measure === 'mttr')).toMatchObject({
    value: null,
    reason: 'no-incident-restored',
    denominator: 0,
    oldestOpenSeconds: null,
  });
});

test('only the service whose rollbacks rose beyond chance is proposed something for', () => {
  expect(report.proposals.items.map(({ service, rule }) => [service, rule])).toEqual([
    ['checkout', 'rollback-rate-rose'],
    ['checkout', 'change-fail-rate-rose'],
  ]);
});

test('restatements are told where somebody looked for them, and only there', () => {
  expect(report).not.toHaveProperty('restatements');
  const looked = executiveReport({ month: '2026-03', ofMonth: { ...ofMonth, restatements: [] }, ofYear });
  expect(looked.restatements).toEqual([]);
  expect(looked.teams).toEqual([]);
});
