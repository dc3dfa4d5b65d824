import type { IncidentEvent } from '@slipway/contracts';
import { fold, isRejection, specification, stampOf } from '@slipway/event-sourcing';
import type { IncidentCommand, IncidentStatus } from './incident-commands.ts';
import { incidentMoves } from './incident-moves.ts';
import { incident } from './incident.ts';

const given = specification(incident);
const at = (minute: number): string => `2026-11-21T07:${String(minute).padStart(2, '0')}:00Z`;
const stamp = stampOf('person-ines', at(40));
const event = (type: IncidentEvent['type'], minute: number, data: object = {}): IncidentEvent =>
  ({ type, data: { ...stamp, occurredAt: at(minute), ...data } }) as unknown as IncidentEvent;

const reason = 'sealed:v1:r';
const alert = { fingerprint: 'f', groupKey: 'g', status: 'firing', serviceIds: ['checkout'] };
const place = { title: 'Checkout fails', severity: 'high', serviceIds: ['checkout'], environmentId: 'production' };
const carried = { serviceIds: ['cart'], impactStartedAt: at(6), causes: [] };
const coordinator = { role: 'coordinator', person: 'person-ann' };

/** With two alerts, a candidate, a cause, a role and a task, so that every command has something to act on. */
const history: readonly IncidentEvent[] = [
  event('IncidentDetected', 10, { ...place, major: true, detectedBy: 'person', impactStartedAt: at(5) }),
  event('AlertAttached', 10, { alertId: 'a1', ...alert }),
  event('AlertAttached', 10, { alertId: 'a2', ...alert }),
  event('CauseProposed', 11, {
    scoringVersion: 'first/1',
    candidates: [{ deploymentId: 'd1', score: 1, reasons: [] }],
  }),
  event('CauseConfirmed', 11, { kind: 'change', changeId: 'c1', primary: true }),
  event('IncidentRoleAssigned', 11, coordinator),
  event('IncidentTaskAdded', 11, { taskId: 't1', title: 'Look at the pool' }),
];
const acknowledged = event('IncidentAcknowledged', 12);
const histories: Readonly<Record<IncidentStatus, readonly IncidentEvent[]>> = {
  none: [],
  detected: history,
  acknowledged: [...history, acknowledged],
  mitigated: [...history, acknowledged, event('IncidentMitigated', 20)],
  resolved: [...history, acknowledged, event('IncidentResolved', 20)],
  closed: [...history, event('IncidentResolved', 20), event('IncidentClosed', 25)],
  canceled: [
    ...history,
    event('IncidentMerged', 20, { intoIncidentId: 'i2', ...carried }),
    event('IncidentCanceled', 20, { cause: 'duplicate', duplicateOf: 'i2' }),
  ],
};

const commands: Readonly<Record<IncidentCommand['type'], object>> = {
  OpenIncident: { ...place, major: false, detectedBy: 'person' },
  AttachAlert: { alertId: 'a3', ...alert, ...place, startsAt: at(9), occurredAt: at(9) },
  TakeOverAlert: { alertId: 'a1', ...alert, status: 'resolved', occurredAt: at(30) },
  AcknowledgeIncident: {},
  OverdueAcknowledgement: { severity: 'high', targetMinutes: 15, dueAt: at(25) },
  EscalateIncident: { reason },
  MitigateIncident: {},
  ResolveIncident: {},
  ReopenIncident: { reason },
  CancelIncident: { cause: 'false-alarm', incidentId: 'i1' },
  CloseIncident: {},
  MergeIncident: { incidentId: 'i1', intoIncidentId: 'i2', into: { status: 'detected', chain: [] } },
  AbsorbIncident: { fromIncidentId: 'i0', ...carried },
  SplitIncident: { intoIncidentId: 'i3', alertIds: ['a1'], reason },
  Classify: { severity: 'critical', reason },
  DeclareMajor: { reason },
  LiftMajor: { reason },
  CorrectAwareness: { awareAt: at(9), reason },
  CorrectImpactStart: { impactStartedAt: at(4), reason },
  CorrectImpactInterval: { interval: 1, startedAt: at(4), reason },
  ProposeCauses: {},
  ConfirmCause: { kind: 'external', primary: false },
  RejectCandidate: { deploymentId: 'd1' },
  WithdrawCause: { kind: 'change', changeId: 'c1', reason },
  AssignRole: { role: 'scribe', person: 'person-bob' },
  EndRole: coordinator,
  AddTask: { taskId: 't2', title: 'Tell support' },
  ChangeTask: { taskId: 't1', order: 3 },
  CompleteTask: { taskId: 't1' },
  DropTask: { taskId: 't1', reason },
};

const statuses = Object.keys(incidentMoves) as IncidentStatus[];
const types = Object.keys(commands) as IncidentCommand['type'][];
const pairs = statuses.flatMap(status => types.map(type => [status, type] as const));
// A new alert is no longer taken in after the end; what becomes of a known one is.
const isAllowed = ([status, type]: (typeof pairs)[number]): boolean =>
  incidentMoves[status][type] !== undefined && !(status === 'closed' && type === 'AttachAlert');
const asked = (status: IncidentStatus, type: IncidentCommand['type']) =>
  given(...histories[status]).when({ type, data: commands[type], stamp } as never);

test.each(pairs.filter(isAllowed))('%s: %s leads where the table says', (status, type) => {
  const decision = asked(status, type);
  const events = isRejection(decision) ? [] : decision;
  expect(decision).toEqual(events);
  expect(incidentMoves[status][type]).toContain(fold(incident, [...histories[status], ...events]).status);
});

test.each(pairs.filter(pair => !isAllowed(pair)))('%s: %s is refused with a code', (status, type) =>
  expect(asked(status, type)).toMatchObject({
    rejected: expect.stringMatching(/^(not-found|already-open|incident-[a-z-]+)$/),
    reason: expect.any(String),
  }),
);

test('every state is reached by some move, and every command is one', () => {
  const reached = statuses.flatMap(status => Object.values(incidentMoves[status]).flat());
  expect(new Set(reached)).toEqual(new Set(statuses.filter(status => status !== 'none')));
  expect(new Set(statuses.flatMap(status => Object.keys(incidentMoves[status])))).toEqual(new Set(types));
});
