import { isProduction } from './catalog.ts';

it.each([
  ['production', true],
  ['disaster-recovery', false],
  ['staging', false],
])('an environment of tier %s serves users: %s', (tier, serves) => {
  expect(isProduction(tier)).toBe(serves);
});
