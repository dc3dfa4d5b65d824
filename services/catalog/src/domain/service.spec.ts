import { specification, type Stamp, stampOf } from '@slipway/event-sourcing';
import { service, serviceIdOf, type StatedService } from './service.ts';

const given = specification(service);
const stamp: Stamp = stampOf('person-ann');
const checkout: StatedService = {
  name: 'checkout',
  title: 'Checkout',
  ownerTeam: 'payments',
  criticality: 'high',
  repositories: ['shop/checkout'],
  alertLabels: [{ job: 'checkout' }],
  aliases: ['checkoutservice'],
  dependencies: [{ serviceId: serviceIdOf('cart'), kind: 'service' }],
};
const { name: _name, ...unnamed } = checkout;
const registered = { type: 'ServiceRegistered', data: { ...checkout, ...stamp } } as const;

const register = (changes: Partial<StatedService> = {}) =>
  ({ type: 'RegisterService', data: { ...checkout, ...changes }, stamp }) as const;
const update = (changes: Partial<StatedService> = {}) =>
  ({ type: 'UpdateService', data: { ...unnamed, ...changes }, stamp }) as const;

test('a service is registered with all that is said of it', () => {
  expect(given().when(register())).toEqual([registered]);
});

test('what is a set is kept without duplicates, in one order', () => {
  const decision = given().when(register({ repositories: ['b', 'a', 'b'], aliases: ['y', 'x'] }));
  expect(decision).toMatchObject([{ data: { repositories: ['a', 'b'], aliases: ['x', 'y'] } }]);
});

test('registered again with the same statement: nothing happens', () => {
  expect(given(registered).when(register({ aliases: ['checkoutservice', 'checkoutservice'] }))).toEqual([]);
});

test('registered again with another statement: refused', () => {
  expect(given(registered).when(register({ criticality: 'low' }))).toMatchObject({ rejected: 'already-registered' });
});

test('an update states all of it anew and keeps the name', () => {
  expect(given(registered).when(update({ criticality: 'critical', aliases: [] }))).toEqual([
    { type: 'ServiceUpdated', data: { ...checkout, criticality: 'critical', aliases: [], ...stamp } },
  ]);
});

test('an update without a difference is no event', () => {
  expect(given(registered).when(update())).toEqual([]);
});

test('an update is compared with the last one', () => {
  const updated = { type: 'ServiceUpdated', data: { ...checkout, title: 'Kasse', ...stamp } } as const;
  expect(given(registered, updated).when(update({ title: 'Kasse' }))).toEqual([]);
  expect(given(registered, updated).when(update())).toMatchObject([{ data: { title: 'Checkout' } }]);
});

test('nothing to update: refused', () => {
  expect(given().when(update())).toMatchObject({ rejected: 'not-found' });
});

test.each([
  ['depends-on-itself', { dependencies: [{ serviceId: serviceIdOf('checkout'), kind: 'service' }] }],
  [
    'duplicate-dependency',
    {
      dependencies: [
        { serviceId: serviceIdOf('cart'), kind: 'service' },
        { serviceId: serviceIdOf('cart'), kind: 'database' },
      ],
    },
  ],
  ['matches-every-alert', { alertLabels: [{ job: 'checkout' }, {}] }],
] as const)('%s: refused, at registration and at update', (code, changes) => {
  expect(given().when(register(changes))).toMatchObject({ rejected: code });
  expect(given(registered).when(update(changes))).toMatchObject({ rejected: code });
});

test('one dependency said twice is one dependency', () => {
  const twice = [...checkout.dependencies, ...checkout.dependencies];
  expect(given(registered).when(update({ dependencies: twice }))).toEqual([]);
});
