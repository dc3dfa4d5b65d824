import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { isAbout } from '../domain/matching.ts';
import { matchAlertsWhenCatalogLearns, MOST_WAITING } from './match-alerts-when-catalog-learns.ts';

const given = processSpecification(matchAlertsWhenCatalogLearns);
const stamp = stampOf('person-am');
const reported = (id: string, labels: Readonly<Record<string, string>>) =>
  ({
    type: 'AlertReported',
    stream: `alert-${id}`,
    data: {
      ...stamp,
      tool: 'alertmanager',
      fingerprint: id,
      groupKey: 'g',
      status: 'firing',
      name: 'Errors',
      labels,
      startsAt: '2026-03-02T09:00:00Z',
      payload: 'sealed:v1:x',
    },
  }) as const;
const matched = (id: string) =>
  ({
    type: 'AlertMatched',
    stream: `alert-${id}`,
    data: { ...stamp, incidentId: 'i1', serviceIds: ['s1'] },
  }) as const;
const checkout = { name: 'checkout', aliases: ['checkoutservice'], alertLabels: [{ app: 'web', tier: 'edge' }] };
const updated = (more: object = {}) =>
  ({
    type: 'ServiceUpdated',
    stream: 'service-s1',
    data: {
      ...stamp,
      ...checkout,
      title: 'Checkout',
      ownerTeam: 'shop',
      criticality: 'high',
      repositories: [],
      dependencies: [],
      ...more,
    },
  }) as const;
const ask = (id: string) => ({ send: { type: 'MatchAlert', data: {} }, to: `alert-${id}` });

test('alerts that wait are matched again once a service carries their name, alias or labels', () => {
  const waiting = [
    reported('by-name', { service: 'checkout' }),
    reported('by-alias', { service: 'checkoutservice' }),
    reported('by-labels', { app: 'web', tier: 'edge', severity: 'page' }),
    reported('other', { service: 'search', app: 'web' }),
  ];
  expect(given(...waiting).when(updated())).toEqual([ask('by-name'), ask('by-alias'), ask('by-labels')]);
  expect(given(...waiting).when(updated({ name: 'cart', aliases: [], alertLabels: [{}] }))).toEqual([]);
});

test('not those that belong somewhere', () => {
  const alert = reported('a1', { service: 'checkout' });
  expect(given(alert, matched('a1')).when(updated())).toEqual([]);
  expect(given(matched('a2'), alert).when(updated())).toEqual([ask('a1')]);
  expect(given().when(alert)).toEqual([]);
});

test('of very many the latest wait', () => {
  const many = Array.from({ length: MOST_WAITING + 1 }, (_, nth) => reported(`n${nth}`, { service: 'checkout' }));
  const asked = given(...many).when(updated());
  expect(asked).toHaveLength(MOST_WAITING);
  expect(asked[0]).toEqual(ask('n1'));
});

test.each([
  [{ service: 'checkout' }, true],
  [{ service: 'checkoutservice' }, true],
  [{ app: 'web', tier: 'edge', more: 'x' }, true],
  [{ app: 'web' }, false],
  [{ service: 'Checkout' }, false],
  [{}, false],
])('%j is about it: %s', (labels, expected) =>
  expect(isAbout(labels as Record<string, string>, checkout)).toBe(expected),
);
