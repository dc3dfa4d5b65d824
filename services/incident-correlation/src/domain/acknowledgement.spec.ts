import { ACKNOWLEDGE_WITHIN, acknowledgementTargets } from './acknowledgement.ts';
import { acknowledged, ask, at, detected, given, mitigated, reason, told } from './incident.example.ts';

const due = { severity: 'high', targetMinutes: 15, dueAt: at(25) };
const overdue = ask('OverdueAcknowledgement', due);
const told1 = [
  told('AcknowledgementOverdue', due, 25),
  told('IncidentEscalated', { level: 1, role: 'on-call' }, 25),
] as const;

test('nobody came in time: told once, and the first role is called', () =>
  expect(given(detected).when(overdue)).toEqual(told1));

test('nobody comes still: the next role is called, and who holds it', () => {
  const coordinates = told('IncidentRoleAssigned', { role: 'coordinator', person: 'person-ann' });
  expect(given(detected, coordinates, ...told1).when(overdue)).toEqual([
    told('IncidentEscalated', { level: 2, role: 'coordinator', person: 'person-ann' }, 25),
  ]);
});

test('somebody came: nothing is told', () => {
  expect(given(detected, acknowledged).when(overdue)).toEqual([]);
  expect(given(detected, mitigated).when(overdue)).toEqual([]);
});

test('a person escalates with a reason, up to the last role', () => {
  expect(given(detected, acknowledged).when(ask('EscalateIncident', { reason }))).toEqual([
    told('IncidentEscalated', { level: 1, role: 'on-call', reason }),
  ]);
  const last = told('IncidentEscalated', { level: 4, role: 'management' });
  expect(given(detected, last).when(ask('EscalateIncident', { reason }))).toMatchObject({
    rejected: 'escalated-to-the-last',
  });
  expect(given(detected, told1[0], last).when(overdue)).toEqual([]);
});

test('the targets are data with defaults', () => {
  expect(acknowledgementTargets()).toEqual(ACKNOWLEDGE_WITHIN);
  expect(acknowledgementTargets('critical=2, low=60,urgent=1,high=soon,medium')).toEqual({
    ...ACKNOWLEDGE_WITHIN,
    critical: 2,
    low: 60,
  });
});
