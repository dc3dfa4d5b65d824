import { derivedId } from '@slipway/canonical';
import type { PipelineRunEvent } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import { type Binding, type Found, type Known, matchRun, type Run } from './matching.ts';

type Facts<Type extends PipelineRunEvent['type']> = Omit<
  Extract<PipelineRunEvent, { type: Type }>['data'],
  keyof Stamp
>;

export type PipelineRunCommand =
  | Message<'ReportPipelineRun', Facts<'PipelineRunReported'>>
  | Message<'KeepUnreadable', Facts<'PipelineRunUnreadable'>>
  /** `known` is looked up when the command is carried out. */
  | Message<'MatchPipelineRun', { runId: string; known: Known }>
  | Message<'BindPipelineRun', { runId: string; binding: Binding; known: Known; reason: string }>;

export type PipelineRunRejection = 'no-run' | 'already-matched' | 'unreadable' | 'no-such-target';

export type PipelineRun =
  | Readonly<{ status: 'none' }>
  | Readonly<{ status: 'unreadable' }>
  | Readonly<{
      status: 'reported' | 'unmatched' | 'matched';
      run: Run;
      deliveries: readonly string[];
      missing?: string;
    }>;

type Decided = Decision<PipelineRunEvent, PipelineRunRejection>;

type Moves = {
  readonly [State in PipelineRun['status']]: {
    readonly [Command in PipelineRunCommand['type']]?: readonly PipelineRun['status'][];
  };
};

/** What each state allows, and where that may lead; the same state again: already so, or one message more. */
export const RUN_MOVES: Moves = {
  none: { ReportPipelineRun: ['reported'], KeepUnreadable: ['unreadable'], MatchPipelineRun: ['none'] },
  unreadable: { ReportPipelineRun: ['reported'], KeepUnreadable: ['unreadable'], MatchPipelineRun: ['unreadable'] },
  reported: {
    ReportPipelineRun: ['reported'],
    KeepUnreadable: ['reported'],
    MatchPipelineRun: ['unmatched', 'matched'],
    BindPipelineRun: ['matched'],
  },
  unmatched: {
    ReportPipelineRun: ['unmatched'],
    KeepUnreadable: ['unmatched'],
    MatchPipelineRun: ['unmatched', 'matched'],
    BindPipelineRun: ['matched'],
  },
  matched: { ReportPipelineRun: ['matched'], KeepUnreadable: ['matched'], MatchPipelineRun: ['matched'] },
};

const UNBOUND = {
  none: reject('no-run', 'There is no such pipeline run.'),
  unreadable: reject('unreadable', 'This message could not be read: there is no run to bind.'),
  matched: reject('already-matched', 'This run has its service and environment.'),
} as const;

/** The one deployment of a run, whoever asks. */
export const deploymentOf = (runId: string): string => derivedId('observe-deployment-when-pipeline-run-matched', runId);

const decide = (command: Stamped<PipelineRunCommand>, state: PipelineRun): Decided => {
  const { stamp } = command;
  switch (command.type) {
    case 'ReportPipelineRun':
      return state.status !== 'none' &&
        state.status !== 'unreadable' &&
        state.deliveries.includes(command.data.deliveryId)
        ? []
        : [{ type: 'PipelineRunReported', data: { ...command.data, ...stamp } }];
    case 'KeepUnreadable':
      return state.status === 'none' ? [{ type: 'PipelineRunUnreadable', data: { ...command.data, ...stamp } }] : [];
    case 'MatchPipelineRun':
      if (state.status !== 'reported' && state.status !== 'unmatched') return [];
      return recorded(command.data.runId, matchRun(state.run, command.data.known), state.missing, stamp);
    case 'BindPipelineRun': {
      const { runId, binding, known, reason } = command.data;
      if (state.status !== 'reported' && state.status !== 'unmatched') return UNBOUND[state.status];
      const found = matchRun(state.run, known, binding);
      if ('missing' in found) return reject('no-such-target', `The ${found.missing} to bind it to is not known.`);
      return [
        { type: 'PipelineRunMatched', data: { deploymentId: deploymentOf(runId), ...found.matched, reason, ...stamp } },
      ];
    }
  }
};

const recorded = (runId: string, found: Found, missing: string | undefined, stamp: Stamp): Decided => {
  if ('matched' in found)
    return [{ type: 'PipelineRunMatched', data: { deploymentId: deploymentOf(runId), ...found.matched, ...stamp } }];
  return found.missing === missing
    ? []
    : [{ type: 'PipelineRunUnmatched', data: { missing: found.missing, ...stamp } }];
};

const evolve = (state: PipelineRun, event: PipelineRunEvent): PipelineRun => {
  switch (event.type) {
    case 'PipelineRunUnreadable':
      return { status: 'unreadable' };
    case 'PipelineRunReported': {
      const { repository, environmentAlias, commit, digests, deliveryId } = event.data;
      // What the first message said counts: a later one that says otherwise contradicts it.
      if (state.status === 'none' || state.status === 'unreadable')
        return {
          status: 'reported',
          run: { repository, environmentAlias, commit, ...(digests && { digests }) },
          deliveries: [deliveryId],
        };
      return { ...state, deliveries: [...state.deliveries, deliveryId] };
    }
    case 'PipelineRunUnmatched':
      return 'run' in state ? { ...state, status: 'unmatched', missing: event.data.missing } : state;
    case 'PipelineRunMatched':
      return 'run' in state ? { ...state, status: 'matched' } : state;
  }
};

export const pipelineRun: Decider<PipelineRunCommand, PipelineRunEvent, PipelineRun, PipelineRunRejection> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
