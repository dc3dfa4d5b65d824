import { shownFigure } from './delivery-report.ts';
import type { Interval } from '../figures/intervals.ts';
import { ratio } from '../figures/figure.ts';
import { compared } from '../figures/comparison.ts';
import type { AnsweredSlice } from './answered.ts';
import { type GateRule, gateRules, proposalsOf } from './gate-proposals.ts';

type Count = readonly [numerator: number, denominator: number];

const figureOf = (series: string, [numerator, denominator]: Count) =>
  ratio(series, 'ratio', { numerator, denominator, population: [] }, 'none');

/** A service with one figure, now and in the month before. */
const slice = ({ measure, series }: GateRule, now: Count, before: Count): AnsweredSlice => {
  const figure = figureOf(series, now);
  const comparison = compared(figure, figureOf(series, before));
  return {
    by: 'service',
    id: 's1',
    name: 'checkout',
    from: '2026-03-01T00:00:00.000Z',
    to: '2026-04-01T00:00:00.000Z',
    blend: false,
    measures: [
      { measure, definition: 'first/1', title: measure, figures: [{ ...shownFigure(figure, false), comparison }] },
    ],
  };
};

describe.each(gateRules)('$rule', rule => {
  test('proposes when the figure rose further than chance explains, and says of what it follows', () => {
    const { items } = proposalsOf([slice(rule, [15, 40], [3, 45])]);
    expect(items).toMatchObject([
      {
        rule: rule.rule,
        version: rule.version,
        gate: rule.gate,
        serviceId: 's1',
        service: 'checkout',
        numerator: 15,
        denominator: 40,
        definition: 'first/1',
        comparison: { before: { numerator: 3, denominator: 45 }, verdict: 'higher' },
      },
    ]);
    const { low } = items[0]!.comparison.interval as Interval;
    expect(low).toBeGreaterThan(0);
  });

  test.each<[string, Count, Count]>([
    ['rose, but no further than chance explains', [3, 20], [1, 20]],
    ['fell', [3, 45], [15, 40]],
    ['stayed', [10, 40], [10, 40]],
  ])('proposes nothing when it %s', (_, now, before) => {
    expect(proposalsOf([slice(rule, now, before)])).toMatchObject({ items: [], comparable: 1 });
  });

  test.each<[string, Count, Count]>([
    ['before', [10, 10], [0, 0]],
    ['now', [0, 0], [1, 40]],
  ])('proposes nothing when there was nothing to measure %s', (_, now, before) => {
    expect(proposalsOf([slice(rule, now, before)])).toMatchObject({ items: [], comparable: 0 });
  });
});

test('rules are data: each has its own name, a version and a reason, and names a figure that can rise', () => {
  expect(new Set(gateRules.map(({ rule }) => rule)).size).toBe(gateRules.length);
  for (const { version, reason, proposal } of gateRules) {
    expect(version).toMatch(/^\w+\/\d+$/);
    expect(reason.length).toBeGreaterThan(20);
    expect(proposal).toMatch(/\.$/);
  }
});

test('a figure that no comparison stands beside proposes nothing', () => {
  const [rule] = gateRules as readonly [GateRule];
  const compare = slice(rule, [15, 40], [3, 45]);
  const [measure] = compare.measures!;
  const { comparison: _, ...figure } = measure!.figures[0]!;
  expect(proposalsOf([{ ...compare, measures: [{ ...measure!, figures: [figure] }] }])).toMatchObject({
    comparable: 0,
  });
});
