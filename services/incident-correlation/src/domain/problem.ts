import type { ProblemEvent } from '@slipway/contracts';
import {
  type Decider,
  type Decision,
  type Message,
  reject,
  type Rejection,
  type Stamp,
  type Stamped,
} from '@slipway/event-sourcing';
import { isMove, type Moves, staying } from './moves.ts';

type Facts<Type extends ProblemEvent['type']> = Omit<Extract<ProblemEvent, { type: Type }>['data'], keyof Stamp>;

export type OpenProblem = Message<'OpenProblem', Facts<'ProblemOpened'>>;
export type LinkIncident = Message<'LinkIncident', Facts<'ProblemIncidentLinked'>>;
export type UnlinkIncident = Message<'UnlinkIncident', Facts<'ProblemIncidentUnlinked'>>;
export type RecordWorkaround = Message<'RecordWorkaround', Facts<'WorkaroundRecorded'>>;
export type DeclareKnownError = Message<'DeclareKnownError', Facts<'KnownErrorDeclared'>>;
/** The change that is to resolve it. */
export type LinkChange = Message<'LinkChange', Facts<'ProblemChangeLinked'>>;
export type UnlinkChange = Message<'UnlinkChange', Facts<'ProblemChangeUnlinked'>>;
/** Without `changeId`: by something that is no change. */
export type ResolveProblem = Message<'ResolveProblem', Facts<'ProblemResolved'>>;
export type ReopenProblem = Message<'ReopenProblem', Facts<'ProblemReopened'>>;
export type CloseProblem = Message<'CloseProblem'>;
export type ProblemCommand =
  | OpenProblem
  | LinkIncident
  | UnlinkIncident
  | RecordWorkaround
  | DeclareKnownError
  | LinkChange
  | UnlinkChange
  | ResolveProblem
  | ReopenProblem
  | CloseProblem;

export type ProblemStatus = 'none' | 'open' | 'known-error' | 'resolved' | 'closed';
type There = Readonly<{
  status: Exclude<ProblemStatus, 'none'>;
  isKnownError: boolean;
  incidentIds: readonly string[];
  changeIds: readonly string[];
}>;
export type Problem = Readonly<{ status: 'none' }> | There;

export type ProblemRefusal =
  | 'not-found'
  | 'already-open'
  | 'problem-resolved'
  | 'problem-closed'
  | 'problem-not-resolved'
  | 'incident-not-linked'
  | 'change-not-linked';
type ProblemDecision = Decision<ProblemEvent, ProblemRefusal>;

const LINKING = ['LinkIncident', 'UnlinkIncident', 'LinkChange', 'UnlinkChange', 'RecordWorkaround'] as const;

/** Said twice, a command has no further effect; a reopened problem is as far as it was before it was resolved. */
export const problemMoves: Moves<ProblemStatus, ProblemCommand['type']> = {
  none: { OpenProblem: ['open'] },
  open: {
    ...staying('open', ...LINKING),
    DeclareKnownError: ['known-error'],
    ResolveProblem: ['resolved'],
  },
  'known-error': {
    ...staying('known-error', ...LINKING, 'DeclareKnownError'),
    ResolveProblem: ['resolved'],
  },
  resolved: {
    ...staying('resolved', ...LINKING, 'ResolveProblem'),
    ReopenProblem: ['open', 'known-error'],
    CloseProblem: ['closed'],
  },
  closed: staying('closed', 'CloseProblem'),
};

const refusedMove = (status: ProblemStatus, command: ProblemCommand['type']): Rejection<ProblemRefusal> | undefined => {
  if (isMove(problemMoves, status, command)) return undefined;
  if (status === 'none') return reject('not-found', 'There is no such problem.');
  if (command === 'OpenProblem') return reject('already-open', 'It is open already.');
  if (status === 'resolved') return reject('problem-resolved', 'The problem is resolved; reopen it if it is not.');
  if (status === 'closed') return reject('problem-closed', 'The problem is closed.');
  return reject('problem-not-resolved', 'The problem is not resolved.');
};

const linked = (ids: readonly string[], id: string, event: ProblemEvent): ProblemDecision =>
  ids.includes(id) ? [] : [event];

const decided = (command: Stamped<Exclude<ProblemCommand, OpenProblem>>, problem: There): ProblemDecision => {
  const { stamp } = command;
  switch (command.type) {
    case 'LinkIncident': {
      const { data } = command;
      return linked(problem.incidentIds, data.incidentId, {
        type: 'ProblemIncidentLinked',
        data: { ...stamp, ...data },
      });
    }
    case 'UnlinkIncident':
      return problem.incidentIds.includes(command.data.incidentId)
        ? [{ type: 'ProblemIncidentUnlinked', data: { ...stamp, ...command.data } }]
        : reject('incident-not-linked', 'This incident is not linked to the problem.');
    case 'RecordWorkaround':
      return [{ type: 'WorkaroundRecorded', data: { ...stamp, ...command.data } }];
    case 'DeclareKnownError':
      // Whether the analysis is another one cannot be told of a sealed text.
      return [{ type: 'KnownErrorDeclared', data: { ...stamp, ...command.data } }];
    case 'LinkChange': {
      const { data } = command;
      return linked(problem.changeIds, data.changeId, { type: 'ProblemChangeLinked', data: { ...stamp, ...data } });
    }
    case 'UnlinkChange':
      return problem.changeIds.includes(command.data.changeId)
        ? [{ type: 'ProblemChangeUnlinked', data: { ...stamp, ...command.data } }]
        : reject('change-not-linked', 'This change is not linked to the problem.');
    case 'ResolveProblem':
      return problem.status === 'resolved' ? [] : [{ type: 'ProblemResolved', data: { ...stamp, ...command.data } }];
    case 'ReopenProblem':
      return [{ type: 'ProblemReopened', data: { ...stamp, ...command.data } }];
    case 'CloseProblem':
      return problem.status === 'closed' ? [] : [{ type: 'ProblemClosed', data: stamp }];
  }
};

const decide = (command: Stamped<ProblemCommand>, problem: Problem): ProblemDecision => {
  const refused = refusedMove(problem.status, command.type);
  if (refused) return refused;
  if (command.type === 'OpenProblem') return [{ type: 'ProblemOpened', data: { ...command.stamp, ...command.data } }];
  return problem.status === 'none' ? [] : decided(command, problem);
};

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter(each => each !== id);

const evolve = (problem: Problem, event: ProblemEvent): Problem => {
  if (event.type === 'ProblemOpened')
    return { status: 'open', isKnownError: false, incidentIds: event.data.incidentIds, changeIds: [] };
  if (problem.status === 'none') return problem;
  switch (event.type) {
    case 'ProblemIncidentLinked':
      return { ...problem, incidentIds: [...problem.incidentIds, event.data.incidentId] };
    case 'ProblemIncidentUnlinked':
      return { ...problem, incidentIds: without(problem.incidentIds, event.data.incidentId) };
    case 'ProblemChangeLinked':
      return { ...problem, changeIds: [...problem.changeIds, event.data.changeId] };
    case 'ProblemChangeUnlinked':
      return { ...problem, changeIds: without(problem.changeIds, event.data.changeId) };
    case 'KnownErrorDeclared':
      return { ...problem, status: 'known-error', isKnownError: true };
    case 'ProblemResolved': {
      const { changeId } = event.data;
      const by = changeId === undefined ? [] : [changeId];
      return { ...problem, status: 'resolved', changeIds: [...new Set([...problem.changeIds, ...by])] };
    }
    case 'ProblemReopened':
      return { ...problem, status: problem.isKnownError ? 'known-error' : 'open' };
    case 'ProblemClosed':
      return { ...problem, status: 'closed' };
    default:
      return problem;
  }
};

export const problem: Decider<ProblemCommand, ProblemEvent, Problem, ProblemRefusal> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
