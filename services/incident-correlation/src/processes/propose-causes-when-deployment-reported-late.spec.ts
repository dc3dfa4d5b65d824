import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { proposeCausesWhenDeploymentReportedLate } from './propose-causes-when-deployment-reported-late.ts';

const given = processSpecification(proposeCausesWhenDeploymentReportedLate);
const stamp = stampOf('person-ines', '2026-03-02T09:00:00Z');
const detected = (id: string, impactStartedAt: string, recordedAt = stamp.recordedAt) =>
  ({
    type: 'IncidentDetected',
    stream: `incident-${id}`,
    data: {
      ...stamp,
      recordedAt,
      title: 't',
      severity: 'high',
      major: false,
      serviceIds: ['s1'],
      detectedBy: 'person',
      impactStartedAt,
    },
  }) as const;
const i1 = detected('i1', '2026-03-02T08:55:00Z');
const started = (occurredAt: string) =>
  ({ type: 'DeploymentStarted', stream: 'deployment-d1', data: stampOf('person-dan', occurredAt) }) as const;
const failed = {
  type: 'VerificationFailed',
  stream: 'deployment-d1',
  data: { ...stampOf('person-dan', '2026-03-02T10:00:00Z'), checks: [], reason: 'sealed:v1:x' },
} as const;
const propose = (id: string) => ({ send: { type: 'ProposeCauses', data: {} }, to: `incident-${id}` });

test('what happened before the impact is weighed for every unexplained incident in reach', () => {
  const i2 = detected('i2', '2026-03-02T08:30:00Z');
  expect(given(i1, i2).when(started('2026-03-02T08:29:00Z'))).toEqual([propose('i1'), propose('i2')]);
  expect(given(i1, i2).when(started('2026-03-02T08:54:00Z'))).toEqual([propose('i1')]);
});

test('what happened after it, or more than a day before, is not', () => {
  expect(given(i1).when(started('2026-03-02T08:56:00Z'))).toEqual([]);
  expect(given(i1).when(started('2026-03-01T08:54:00Z'))).toEqual([]);
});

test('a verification that fails is weighed whenever it fails', () =>
  expect(given(i1).when(failed)).toEqual([propose('i1')]));

test.each([
  ['CauseConfirmed', { kind: 'external', primary: true }],
  ['IncidentClosed', {}],
  ['IncidentCanceled', { cause: 'false-alarm' }],
])('not after %s', (type, data) => {
  const over = { type, stream: 'incident-i1', data: { ...stamp, ...data } } as never;
  expect(given(i1, over).when(failed)).toEqual([]);
  expect(given(i1, over).when(over)).toEqual([]);
});

test('a corrected start counts', () => {
  const corrected = {
    type: 'ImpactStartCorrected',
    stream: 'incident-i1',
    data: { ...stamp, impactStartedAt: '2026-03-02T08:00:00Z', reason: 'sealed:v1:x' },
  } as const;
  expect(given(i1, corrected).when(started('2026-03-02T08:30:00Z'))).toEqual([]);
});

test('an incident that nobody explains is forgotten after a week', () =>
  expect(given(i1, detected('i9', '2026-03-10T09:00:00Z', '2026-03-10T09:00:00Z')).when(failed)).toEqual([]));
