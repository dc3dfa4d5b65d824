import type { IncidentEvent, MetricThresholdEvent, ReleaseEvent, SubscriptionEvent } from '@slipway/contracts';
import { EVERYWHERE } from '@slipway/edge';
import { stampOf } from '@slipway/event-sourcing';
import { placesAfter } from '@slipway/service';
import {
  incidentPlaces,
  metricThresholdPlaces,
  placingOfCategory,
  releasePlaces,
  subscriptionPlaces,
} from './index.ts';

const stamp = stampOf('person-1');
const told = <Event>(type: string, data: object): Event => ({ type, data: { ...stamp, ...data } }) as Event;

test('a release takes place at its targets, and where its artifacts run', () => {
  const attached = told<ReleaseEvent>('ArtifactAttached', { artifact: { serviceId: 'cart', digest: 'd' } });
  const target = { serviceId: 'checkout', environmentId: 'eu', wave: 1 };
  const scheduled = told<ReleaseEvent>('ReleaseScheduled', { targets: [target] });
  const at = { serviceId: 'checkout', environmentId: 'eu' };
  expect(placesAfter(releasePlaces, 'r1', [])).toEqual([]);
  expect(placesAfter(releasePlaces, 'r1', [attached, scheduled])).toEqual([at, { serviceId: 'cart' }]);
  const detached = told<ReleaseEvent>('ArtifactDetached', { serviceId: 'cart', digest: 'd' });
  expect(placesAfter(releasePlaces, 'r1', [attached, scheduled, detached])).toEqual([at]);
});

test('an incident takes place at what it is about, and at what alerts and merged ones brought to it', () => {
  const events = [
    told<IncidentEvent>('IncidentDetected', { serviceIds: ['checkout'], environmentId: 'eu' }),
    told<IncidentEvent>('AlertAttached', { alertId: 'a1', serviceIds: ['cart'] }),
    told<IncidentEvent>('IncidentAbsorbed', { fromIncidentId: 'i2', serviceIds: ['payment', 'cart'] }),
  ];
  const environmentId = 'eu';
  expect(placesAfter(incidentPlaces, 'i1', events)).toEqual(
    ['checkout', 'cart', 'payment'].map(serviceId => ({ serviceId, environmentId })),
  );
});

test('a subscription takes place wherever its filter lets something through, and nowhere before there is one', () => {
  const created = (filter: object) => [told<SubscriptionEvent>('SubscriptionCreated', { filter })];
  expect(placesAfter(subscriptionPlaces, 's1', [])).toEqual([]);
  expect(placesAfter(subscriptionPlaces, 's1', created({ types: ['x'] }))).toEqual([EVERYWHERE]);
  const narrow = created({ serviceIds: ['cart'], environmentIds: ['eu', 'us'] });
  expect(placesAfter(subscriptionPlaces, 's1', narrow)).toEqual([
    { serviceId: 'cart', environmentId: 'eu' },
    { serviceId: 'cart', environmentId: 'us' },
  ]);
});

test('a threshold takes place at the services that it was about last, in all of production', () => {
  const about = (type: string, ...serviceIds: string[]) => told<MetricThresholdEvent>(type, { serviceIds });
  expect(placesAfter(metricThresholdPlaces, 't1', [])).toEqual([]);
  const set = about('ThresholdSet', 'cart');
  const commented = told<MetricThresholdEvent>('MetricThresholdCommented', {});
  const crossed = about('ThresholdCrossed', 'cart', 'checkout');
  const at = (serviceId: string) => ({ serviceId, environmentId: '*' });
  expect(placesAfter(metricThresholdPlaces, 't1', [set, commented])).toEqual([at('cart')]);
  expect(placesAfter(metricThresholdPlaces, 't1', [set, crossed])).toEqual([at('cart'), at('checkout')]);
  expect(placesAfter(metricThresholdPlaces, 't1', [about('ThresholdSet')])).toEqual([EVERYWHERE]);
});

test('a category that says nothing takes place everywhere', () => {
  expect(placesAfter(placingOfCategory('review'), 'x', [])).toEqual([EVERYWHERE]);
  expect(placesAfter(placingOfCategory('constructor'), 'x', [])).toEqual([EVERYWHERE]);
});
