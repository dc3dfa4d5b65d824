import fc from 'fast-check';
import { assess, type RiskFacts } from './risk.ts';

const small: RiskFacts = {
  criticalities: ['low'],
  dependents: 0,
  productionTargets: 1,
  commits: 1,
  backoutMinutes: 15,
};

test('little is low', () => expect(assess(small)).toMatchObject({ points: 0, level: 'low' }));

test('the most critical service counts', () =>
  expect(assess({ ...small, criticalities: ['low', 'critical', 'medium'] })).toMatchObject({
    points: 30,
    level: 'medium',
  }));

test('points add up, each with its reason', () => {
  const { factors, points, level } = assess({
    criticalities: ['critical'],
    dependents: 3,
    productionTargets: 4,
    commits: 60,
  });
  expect({ points, level }).toEqual({ points: 100, level: 'high' });
  expect(factors.map(({ factor, points }) => [factor, points])).toEqual([
    ['criticality', 30],
    ['breadth', 15],
    ['dependents', 15],
    ['size', 20],
    ['back-out', 20],
  ]);
});

test('what is not known is not small', () =>
  expect(assess({ ...small, criticalities: ['unknown'] }).points).toBeGreaterThan(
    assess({ ...small, criticalities: ['high'] }).points,
  ));

test('more of anything is never less risk', () => {
  const facts = fc.record({
    criticalities: fc.array(fc.constantFrom('low' as const, 'medium' as const, 'high' as const, 'critical' as const)),
    dependents: fc.nat(30),
    productionTargets: fc.nat(30),
    commits: fc.nat(100),
    backoutMinutes: fc.nat(200),
  });
  fc.assert(
    fc.property(facts, facts, (some, more) => {
      const both: RiskFacts = {
        criticalities: [...some.criticalities, ...more.criticalities],
        dependents: some.dependents + more.dependents,
        productionTargets: some.productionTargets + more.productionTargets,
        commits: some.commits + more.commits,
        backoutMinutes: some.backoutMinutes + more.backoutMinutes,
      };
      expect(assess(both).points).toBeGreaterThanOrEqual(assess(some).points);
    }),
  );
});
