import type { IncidentEvent } from '@slipway/contracts';
import { type Decider, type Stamped } from '@slipway/event-sourcing';
import { escalate, overdue } from './acknowledgement.ts';
import { confirm, propose, rejectCandidate, withdraw } from './causes.ts';
import { classify, correctAwareness, declareMajor, liftMajor } from './classification.ts';
import { attach, open, takeOver } from './detection.ts';
import { correctImpactInterval, correctImpactStart } from './impact.ts';
import type { IncidentCommand } from './incident-commands.ts';
import { refusedMove } from './incident-moves.ts';
import type { IncidentDecision, IncidentRefusal } from './incident-refusals.ts';
import { evolve, type Incident, situationOf, type There } from './incident-state.ts';
import { absorb, merge, split } from './merging.ts';
import { acknowledge, cancel, close, mitigate, reopen, resolve } from './restoration.ts';
import { assignRole, endRole, workOn } from './war-room.ts';

type OnIncident = Exclude<IncidentCommand, { type: 'OpenIncident' | 'AttachAlert' }>;
type Rule<Command extends OnIncident> = (command: Stamped<Command>, incident: There) => IncidentDecision;

const rules: { readonly [Type in OnIncident['type']]: Rule<Extract<OnIncident, { type: Type }>> } = {
  TakeOverAlert: ({ data, stamp }, incident) => takeOver(data, stamp, incident),
  AcknowledgeIncident: acknowledge,
  OverdueAcknowledgement: overdue,
  EscalateIncident: escalate,
  MitigateIncident: mitigate,
  ResolveIncident: resolve,
  ReopenIncident: reopen,
  CancelIncident: cancel,
  CloseIncident: close,
  MergeIncident: merge,
  AbsorbIncident: absorb,
  SplitIncident: split,
  Classify: classify,
  DeclareMajor: declareMajor,
  LiftMajor: liftMajor,
  CorrectAwareness: correctAwareness,
  CorrectImpactStart: correctImpactStart,
  CorrectImpactInterval: correctImpactInterval,
  ProposeCauses: (command, incident) => propose(command, incident.causes, situationOf(incident)),
  ConfirmCause: (command, { causes }) => confirm(command, causes),
  RejectCandidate: (command, { causes }) => rejectCandidate(command, causes),
  WithdrawCause: (command, { causes }) => withdraw(command, causes),
  AssignRole: assignRole,
  EndRole: endRole,
  AddTask: (command, incident) => workOn(command, command.stamp, incident),
  ChangeTask: (command, incident) => workOn(command, command.stamp, incident),
  CompleteTask: (command, incident) => workOn(command, command.stamp, incident),
  DropTask: (command, incident) => workOn(command, command.stamp, incident),
};

const decide = (command: Stamped<IncidentCommand>, incident: Incident): IncidentDecision => {
  // A verification that failed again opens nothing more.
  if (command.type === 'OpenIncident' && command.data.detectedBy === 'verification' && incident.status !== 'none')
    return [];
  const refused = refusedMove(incident.status, command.type);
  if (refused) return refused;
  if (command.type === 'OpenIncident') return open(command);
  if (command.type === 'AttachAlert') return attach(command, incident);
  return incident.status === 'none' ? [] : (rules[command.type] as Rule<OnIncident>)(command, incident);
};

export const incident: Decider<IncidentCommand, IncidentEvent, Incident, IncidentRefusal> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
