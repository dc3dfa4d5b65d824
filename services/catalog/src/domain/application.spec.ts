import { specification, stampOf } from '@slipway/event-sourcing';
import { application, type StatedApplication } from './application.ts';
import { serviceIdOf } from './service.ts';

const given = specification(application);
const stamp = stampOf('person-admin');
const shop: StatedApplication = {
  name: 'shop',
  title: 'The web shop',
  ownerTeam: 'shop',
  serviceIds: [serviceIdOf('cart'), serviceIdOf('checkout')].sort(),
};

test('an application is registered with the services that belong to it, each once', () => {
  const data = { ...shop, serviceIds: [...shop.serviceIds.toReversed(), ...shop.serviceIds] };
  expect(given().when({ type: 'RegisterApplication', data, stamp })).toEqual([
    { type: 'ApplicationRegistered', data: { ...shop, ...stamp } },
  ]);
});

test('a service that is left out belongs to it no longer', () => {
  const { name: _, ...unnamed } = shop;
  const registered = { type: 'ApplicationRegistered', data: { ...shop, ...stamp } } as const;
  const serviceIds = shop.serviceIds.slice(1);
  expect(given(registered).when({ type: 'UpdateApplication', data: { ...unnamed, serviceIds }, stamp })).toEqual([
    { type: 'ApplicationUpdated', data: { ...shop, serviceIds, ...stamp } },
  ]);
});
