import { readFileSync } from 'node:fs';
import { readAlertmanager } from './alertmanager.ts';
import type { ReadAlert } from './reported-alert.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/alertmanager/${name}.json`, import.meta.url), 'utf8'));
const read = (name: string) => readAlertmanager(fixture(name)) as readonly ReadAlert[];
const alert = { status: 'firing', labels: { alertname: 'A' }, startsAt: '2026-11-21T07:09:11.817Z', fingerprint: 'f1' };
const problemOf = (change: object, group: object = {}) =>
  readAlertmanager({ groupKey: 'g', ...group, alerts: [{ ...alert, ...change }] })[0];

test('an alert that fires: its end in the year 1 is none', () =>
  expect(read('01-firing')).toMatchObject([
    {
      facts: {
        tool: 'alertmanager',
        fingerprint: '3b1944364c0e85a9',
        groupKey: '{}:{alertname="HighErrorRate", environment="production"}',
        status: 'firing',
        name: 'HighErrorRate',
        severity: 'critical',
        labels: { service: 'checkoutservice', environment: 'production' },
        startsAt: '2026-11-21T07:09:11.817Z',
      },
      occurredAt: '2026-11-21T07:09:11.817Z',
    },
  ]));

test('a body that mixes them: each alert is a fact of its own', () => {
  const [resolved, firing] = read('03-mixed');
  expect(resolved).toMatchObject({
    facts: { status: 'resolved', endsAt: '2026-11-21T07:15:27.870Z' },
    occurredAt: '2026-11-21T07:15:27.870Z',
  });
  expect(firing?.facts).not.toHaveProperty('endsAt');
  expect(firing?.payload).toMatchObject({ alerts: [{ fingerprint: '404d58246ee00825' }] });
});

test('the same report has the same key, another status another', () => {
  const [first, second] = [read('01-firing'), read('02-firing-two')];
  expect(second[0]?.key).toBe(first[0]?.key);
  expect(read('03-mixed')[0]?.key).not.toBe(first[0]?.key);
  expect(new Set(second.map(({ key }) => key)).size).toBe(2);
});

test('one from the wild, to the nanosecond', () =>
  expect(read('three-firing').map(({ facts }) => [facts.startsAt, facts.severity])).toEqual(
    Array.from({ length: 3 }, () => ['2020-10-11T14:34:11.279Z', 'info']),
  ));

test.each([
  [{ fingerprint: '' }, 'fingerprint'],
  [{ fingerprint: 7 }, 'fingerprint'],
  [{ startsAt: '2026-02-30T00:00:00Z' }, 'startsAt'],
  [{ endsAt: 'soon' }, 'endsAt'],
  [{ status: 'suppressed' }, 'status'],
  [{ labels: { severity: 1 } }, 'labels'],
  [{ labels: { big: 'x'.repeat(1_001) } }, 'labels'],
  [{ labels: null }, 'labels'],
])('%j cannot be read', (change, field) =>
  expect(problemOf(change)).toMatchObject({ problem: expect.stringContaining(field) }),
);

test('nor can a body without alerts, nor an alert without a group', () => {
  expect(readAlertmanager([])).toMatchObject([{ problem: 'there are no alerts in it' }]);
  expect(readAlertmanager({ alerts: {} })).toMatchObject([{ problem: 'there are no alerts in it' }]);
  expect(readAlertmanager({ groupKey: 'g', alerts: [null] })).toMatchObject([{ problem: 'an alert is not an object' }]);
  expect(problemOf({}, { groupKey: undefined })).toMatchObject({ problem: expect.stringContaining('groupKey') });
});

test('one that cannot be read does not hold up the others', () =>
  expect(readAlertmanager({ groupKey: 'g', alerts: [{}, alert] })).toMatchObject([
    { problem: expect.any(String) },
    { facts: {} },
  ]));
