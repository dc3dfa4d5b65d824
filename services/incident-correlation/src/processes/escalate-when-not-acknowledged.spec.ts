import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { escalateWhenNotAcknowledged } from './escalate-when-not-acknowledged.ts';

const given = processSpecification(escalateWhenNotAcknowledged({ critical: 5, high: 15, medium: 60, low: 240 }));
const stream = 'incident-i1';
const stamp = { ...stampOf('person-ines', '2026-03-02T07:00:00Z'), recordedAt: '2026-03-02T09:00:00.000Z' };
const detected = {
  type: 'IncidentDetected',
  stream,
  data: {
    ...stamp,
    title: 't',
    severity: 'high',
    major: false,
    serviceIds: ['s1'],
    detectedBy: 'alert',
    impactStartedAt: '2026-03-02T07:00:00Z',
  },
} as const;
const classified = {
  type: 'IncidentClassified',
  stream,
  data: { ...stamp, severity: 'critical', reason: 'sealed:v1:r' },
} as const;
const acknowledged = { type: 'IncidentAcknowledged', stream, data: stamp } as const;
const escalated = (level: number) =>
  ({
    type: 'IncidentEscalated',
    stream,
    data: { ...stamp, recordedAt: '2026-03-02T09:15:00.000Z', level, role: 'on-call' },
  }) as const;
const schedule = (severity: string, targetMinutes: number, dueAt: string) => [
  { schedule: { type: 'OverdueAcknowledgement', data: { severity, targetMinutes, dueAt } }, to: stream, at: dueAt },
];
const cancel = [{ cancel: 'OverdueAcknowledgement', to: stream }];

test('the clock runs from when we heard of it, by severity', () => {
  expect(given().when(detected)).toEqual(schedule('high', 15, '2026-03-02T09:15:00.000Z'));
  expect(given(detected).when(classified)).toEqual(schedule('critical', 5, '2026-03-02T09:05:00.000Z'));
});

test('it runs anew for each role that is called, up to the last', () => {
  expect(given(detected).when(escalated(1))).toEqual(schedule('high', 15, '2026-03-02T09:30:00.000Z'));
  expect(given(detected).when(escalated(4))).toEqual(cancel);
});

test('it stops once somebody takes care of it, or it is over', () => {
  expect(given(detected).when(acknowledged)).toEqual(cancel);
  for (const type of ['IncidentMitigated', 'IncidentResolved'] as const)
    expect(given(detected).when({ type, stream, data: stamp })).toEqual(cancel);
  expect(given(detected).when({ type: 'IncidentCanceled', stream, data: { ...stamp, cause: 'false-alarm' } })).toEqual(
    cancel,
  );
});

test('it does not begin again after that', () => {
  expect(given(detected, acknowledged).when(classified)).toEqual([{ ignore: 'somebody takes care of it' }]);
  expect(given(detected, acknowledged).when(escalated(1))).toEqual([{ ignore: 'somebody takes care of it' }]);
});
