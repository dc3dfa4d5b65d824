import { faults } from '../faults/all.ts';
import { type Bout, planOf } from './plan.ts';
import { randomOf } from './random.ts';

const plan = (seed: number, minutes = 30): readonly Bout[] =>
  planOf(randomOf(seed), { seconds: minutes * 60, faults, isShort: minutes < 10 });
const kindsOf = (bout: Bout): readonly string[] => bout.map(({ fault }) => fault.kind);
const SEEDS = [1, 2, 3, 4, 5];

test('a seed draws the same faults again', () => {
  expect(plan(7)).toEqual(plan(7));
  expect(plan(7).map(kindsOf)).not.toEqual(plan(8).map(kindsOf));
});

test.each(SEEDS)('half an hour brings a hundred faults and each kind, none more than twenty times (seed %i)', seed => {
  const drawn = Map.groupBy(plan(seed).flatMap(kindsOf), kind => kind);
  expect(drawn.size).toBe(faults.length);
  expect([...drawn.values()].flat().length).toBeGreaterThanOrEqual(100);
  expect(Math.max(...[...drawn.values()].map(({ length }) => length))).toBeLessThanOrEqual(20);
});

test.each(SEEDS)('two minutes bring eight kinds (seed %i)', seed => {
  expect(new Set(plan(seed, 2).flatMap(kindsOf)).size).toBeGreaterThanOrEqual(8);
});

test.each(SEEDS)('what overlaps touches different things, and what shall be alone is (seed %i)', seed => {
  for (const bout of plan(seed)) {
    expect(new Set(bout.map(({ fault }) => fault.touches)).size).toBe(bout.length);
    expect(bout.length === 1 || bout.every(({ fault }) => !fault.isAlone)).toBe(true);
  }
});

test('the transaction of another database comes first, on a fresh system', () => {
  for (const seed of SEEDS) expect(kindsOf(plan(seed)[0] ?? [])).toEqual(['foreign-transaction']);
});
