import { reject, type Rejection } from '@slipway/event-sourcing';
import type { IncidentCommand, IncidentStatus } from './incident-commands.ts';
import { isMove, type Moves, staying } from './moves.ts';

type Type = IncidentCommand['type'];

export type MoveRefusal =
  | 'not-found'
  | 'already-open'
  | 'incident-acknowledged'
  | 'incident-mitigated'
  | 'incident-resolved'
  | 'incident-closed'
  | 'incident-canceled'
  | 'incident-not-resolved'
  | 'incident-not-restored';

/** Causes are looked for after the end too; what became of an alert is told for as long as it lives. */
const ALWAYS: readonly Type[] = ['AttachAlert', 'TakeOverAlert', 'AbsorbIncident', 'OverdueAcknowledgement'];
const JUDGED: readonly Type[] = ['ConfirmCause', 'RejectCandidate', 'WithdrawCause', 'CompleteTask', 'DropTask'];
const WORKED_ON: readonly Type[] = [
  ...ALWAYS,
  ...JUDGED,
  'ProposeCauses',
  'CorrectImpactStart',
  'CorrectImpactInterval',
  'Classify',
  'DeclareMajor',
  'LiftMajor',
  'CorrectAwareness',
  'AssignRole',
  'EndRole',
  'AddTask',
  'ChangeTask',
  'SplitIncident',
];
const ENDING = { CancelIncident: ['canceled'], MergeIncident: ['canceled'] } as const;
const REOPENING = { ReopenIncident: ['detected', 'acknowledged'] } as const;

/** The states of an incident. Said twice, a command has no further effect; reopened is a fact, not a state. */
export const incidentMoves: Moves<IncidentStatus, Type> = {
  none: { OpenIncident: ['detected'], AttachAlert: ['detected'] },
  detected: {
    ...staying('detected', ...WORKED_ON, 'EscalateIncident'),
    ...ENDING,
    AcknowledgeIncident: ['acknowledged'],
    MitigateIncident: ['mitigated'],
    ResolveIncident: ['resolved'],
  },
  acknowledged: {
    ...staying('acknowledged', ...WORKED_ON, 'EscalateIncident', 'AcknowledgeIncident'),
    ...ENDING,
    MitigateIncident: ['mitigated'],
    ResolveIncident: ['resolved'],
  },
  mitigated: {
    ...staying('mitigated', ...WORKED_ON, 'MitigateIncident'),
    ...ENDING,
    ...REOPENING,
    ResolveIncident: ['resolved'],
  },
  resolved: {
    ...staying('resolved', ...WORKED_ON, 'ResolveIncident'),
    ...ENDING,
    ...REOPENING,
    CloseIncident: ['closed'],
  },
  closed: staying('closed', ...ALWAYS, ...JUDGED, 'CloseIncident'),
  canceled: staying('canceled', ...ALWAYS, 'CancelIncident', 'MergeIncident'),
};

/** Why a command is refused in this state; undefined: it is not. */
export const refusedMove = (status: IncidentStatus, command: Type): Rejection<MoveRefusal> | undefined => {
  if (isMove(incidentMoves, status, command)) return undefined;
  if (status === 'none') return reject('not-found', 'There is no such incident.');
  if (command === 'OpenIncident') return reject('already-open', 'It is open already.');
  if (command === 'ReopenIncident' && (status === 'detected' || status === 'acknowledged'))
    return reject('incident-not-restored', 'It is neither mitigated nor resolved.');
  if (command === 'CloseIncident' && status !== 'canceled')
    return reject('incident-not-resolved', 'Resolve it before you close it.');
  return reject(`incident-${status}` as MoveRefusal, REASONS[status]);
};

const REASONS: Readonly<Record<Exclude<IncidentStatus, 'none'>, string>> = {
  detected: 'Nobody has acknowledged the incident.',
  acknowledged: 'The incident is acknowledged.',
  mitigated: 'The incident is mitigated; reopen it if it is not.',
  resolved: 'The incident is resolved; reopen it if it is not.',
  closed: 'The incident is closed.',
  canceled: 'The incident is canceled.',
};
