import type { AlertEvent } from '@slipway/contracts';
import { specification, stampOf } from '@slipway/event-sourcing';
import { alert, type AlertCommand, type BindAlert, type ReportAlert } from './alert.ts';

const given = specification(alert);
const stamp = stampOf('person-am', '2026-11-21T07:09:11.817Z');
const facts = {
  tool: 'alertmanager',
  fingerprint: '3b1944364c0e85a9',
  groupKey: '{}:{alertname="HighErrorRate"}',
  status: 'firing',
  name: 'HighErrorRate',
  severity: 'critical',
  labels: { service: 'checkout' },
  startsAt: '2026-11-21T07:09:11.817Z',
  payload: 'sealed:v1:x',
} as const;
const reported: AlertEvent = { type: 'AlertReported', data: { ...stamp, ...facts } };
const resolved: AlertEvent = { type: 'AlertReported', data: { ...stamp, ...facts, status: 'resolved' } };
const unmatched: AlertEvent = { type: 'AlertUnmatched', data: stamp };
const found = { serviceIds: ['checkout'], environmentId: 'production', incidentId: 'i1' };
const matched: AlertEvent = { type: 'AlertMatched', data: { ...stamp, ...found } };
const unreadable: AlertEvent = {
  type: 'AlertUnreadable',
  data: { ...stamp, tool: 'alertmanager', problem: 'no fingerprint', payload: 'sealed:v1:y' },
};
const asked = <Command extends AlertCommand>(command: Command) => ({ ...command, stamp });
const report = (status: 'firing' | 'acknowledged' | 'resolved', tool: 'alertmanager' | 'pagerduty' = 'alertmanager') =>
  asked<ReportAlert>({ type: 'ReportAlert', data: { ...facts, status, tool } });
const match = asked({ type: 'MatchAlert', data: { found } });
const matchNothing = asked({ type: 'MatchAlert', data: {} });
const bind = asked<BindAlert>({ type: 'BindAlert', data: { ...found, reason: 'sealed:v1:why' } });

describe('an alert', () => {
  test('is reported', () => expect(given().when(report('firing'))).toEqual([reported]));

  test('is reported once a status, however often Alertmanager repeats it', () => {
    expect(given(reported).when(report('firing'))).toEqual([]);
    expect(given(reported, resolved).when(report('firing'))).toEqual([]);
    expect(given(reported).when(report('resolved'))).toEqual([resolved]);
  });

  test('goes back and forth in PagerDuty', () => {
    const [first] = given().when(report('firing', 'pagerduty')) as [AlertEvent];
    const [second] = given(first).when(report('acknowledged', 'pagerduty')) as [AlertEvent];
    expect(given(first, second).when(report('firing', 'pagerduty'))).toMatchObject([{ type: 'AlertReported' }]);
    expect(given(first, second).when(report('acknowledged', 'pagerduty'))).toEqual([]);
  });

  test('is matched once', () => {
    expect(given(reported).when(match)).toEqual([matched]);
    expect(given(reported, matched).when(match)).toEqual([]);
    expect(given(reported, matched).when(matchNothing)).toEqual([]);
  });

  test('is unmatched once, and matched when it is known later', () => {
    expect(given(reported).when(matchNothing)).toEqual([unmatched]);
    expect(given(reported, unmatched).when(matchNothing)).toEqual([]);
    expect(given(reported, unmatched).when(match)).toEqual([matched]);
  });

  test('that nobody reported is neither matched nor bound', () => {
    expect(given().when(match)).toMatchObject({ rejected: 'not-found' });
    expect(given(unreadable).when(match)).toMatchObject({ rejected: 'not-found' });
    expect(given().when(bind)).toMatchObject({ rejected: 'not-found' });
  });
});

describe('binding by hand', () => {
  test('keeps its reason', () =>
    expect(given(reported, unmatched).when(bind)).toEqual([
      { type: 'AlertMatched', data: { ...stamp, ...found, reason: 'sealed:v1:why' } },
    ]));

  test('is not for what is matched', () =>
    expect(given(reported, matched).when(bind)).toMatchObject({ rejected: 'already-matched' }));

  test('is not for what cannot be read', () =>
    expect(given(unreadable).when(bind)).toMatchObject({ rejected: 'alert-unreadable' }));

  test('needs a service', () =>
    expect(given(reported).when({ ...bind, data: { ...bind.data, serviceIds: [] } })).toMatchObject({
      rejected: 'services-missing',
    }));

  test('needs an incident', () => {
    const { incidentId: _, ...nowhere } = bind.data;
    expect(given(reported).when({ ...bind, data: nowhere })).toMatchObject({ rejected: 'incident-missing' });
  });
});

test('what cannot be read is kept once', () => {
  const keep = asked({
    type: 'KeepUnreadable',
    data: { tool: 'alertmanager', problem: 'no fingerprint', payload: 'sealed:v1:y' },
  });
  expect(given().when(keep)).toEqual([unreadable]);
  expect(given(unreadable).when(keep)).toEqual([]);
});
