import { specification, stampOf } from '@slipway/event-sourcing';
import { type AskedEnvironment, environment } from './environment.ts';

const given = specification(environment);
const stamp = stampOf('person-ann');
const production: AskedEnvironment = {
  name: 'production',
  title: 'Production',
  tier: 'production',
  region: 'eu-central-1',
  timeZone: 'Europe/Berlin',
  aliases: ['prod', 'production'],
};
const { name: _name, ...unnamed } = production;
const registered = {
  type: 'EnvironmentRegistered',
  data: { ...production, openness: 'only-in-windows', ...stamp },
} as const;

const register = (changes: Partial<AskedEnvironment> = {}) =>
  ({ type: 'RegisterEnvironment', data: { ...production, ...changes }, stamp }) as const;
const update = (changes: Partial<AskedEnvironment> = {}) =>
  ({ type: 'UpdateEnvironment', data: { ...unnamed, ...changes }, stamp }) as const;

test('production is open in windows only', () => {
  expect(given().when(register())).toEqual([registered]);
});

test.each(['disaster-recovery', 'staging', 'test', 'development'] as const)('%s is always open', tier => {
  expect(given().when(register({ tier }))).toMatchObject([{ data: { openness: 'always-open' } }]);
});

test('openness that is said is kept', () => {
  expect(given().when(register({ openness: 'always-open' }))).toMatchObject([{ data: { openness: 'always-open' } }]);
});

test('registered again with the same statement: nothing happens', () => {
  expect(given(registered).when(register({ aliases: ['production', 'prod'] }))).toEqual([]);
});

test('registered again with another statement: refused', () => {
  expect(given(registered).when(register({ region: 'eu-west-1' }))).toMatchObject({ rejected: 'already-registered' });
});

test('an update states all of it anew and keeps the name', () => {
  expect(given(registered).when(update({ region: 'eu-west-1' }))).toEqual([
    { type: 'EnvironmentUpdated', data: { ...registered.data, region: 'eu-west-1' } },
  ]);
});

test('an update without a difference is no event', () => {
  expect(given(registered).when(update())).toEqual([]);
});

test('nothing to update: refused', () => {
  expect(given().when(update())).toMatchObject({ rejected: 'not-found' });
});
