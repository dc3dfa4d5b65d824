import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { attachAlertToIncident } from './attach-alert-to-incident.ts';

const given = processSpecification(attachAlertToIncident);
const stream = 'alert-a1';
const startsAt = '2026-11-21T07:09:11.817Z';
const facts = {
  tool: 'alertmanager',
  fingerprint: 'f1',
  groupKey: 'g1',
  name: 'HighErrorRate',
  startsAt,
  payload: 'sealed:v1:x',
} as const;
const reported = (status: 'firing' | 'resolved', occurredAt: string, labels = { service: 'checkout' }) =>
  ({
    type: 'AlertReported',
    stream,
    data: { ...stampOf('person-am', occurredAt), ...facts, status, severity: 'critical', labels },
  }) as const;
const firing = reported('firing', startsAt);
const resolved = reported('resolved', '2026-11-21T07:15:27.87Z');
const matched = {
  type: 'AlertMatched',
  stream,
  data: {
    ...stampOf('process-match', '2026-11-21T07:30:00Z'),
    incidentId: 'i1',
    serviceIds: ['s1'],
    environmentId: 'e1',
  },
} as const;
const attach = {
  alertId: 'a1',
  fingerprint: 'f1',
  groupKey: 'g1',
  status: 'firing',
  title: 'HighErrorRate on checkout',
  severity: 'critical',
  serviceIds: ['s1'],
  environmentId: 'e1',
  startsAt,
  occurredAt: startsAt,
};

test('an alert waits for its match', () =>
  expect(given().when(firing)).toEqual([{ ignore: 'it matches no service yet' }]));

test('matched, it goes to its incident', () =>
  expect(given(firing).when(matched)).toEqual([{ send: { type: 'AttachAlert', data: attach }, to: 'incident-i1' }]));

test('so does each status after that', () =>
  expect(given(firing, matched).when(resolved)).toMatchObject([
    { send: { data: { status: 'resolved', occurredAt: '2026-11-21T07:15:27.87Z' } }, to: 'incident-i1' },
  ]));

test('the last status is the one that happened last', () =>
  expect(given(resolved, firing).when(matched)).toMatchObject([{ send: { data: { status: 'resolved' } } }]));

test('the title says the service once', () =>
  expect(given(reported('firing', startsAt, { service: 'HighErrorRate' })).when(matched)).toMatchObject([
    { send: { data: { title: 'HighErrorRate' } } },
  ]));
