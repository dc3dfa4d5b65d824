import type { PipelineRunEvent } from '@slipway/contracts';
import { idOf, type Process, type Recorded } from '@slipway/event-sourcing';
import type { DeploymentCommand } from '../domain/deployment-commands.ts';
import type { Observation } from '../domain/observation.ts';

type Reported = Extract<PipelineRunEvent, { type: 'PipelineRunReported' }>['data'];
type Matched = Extract<PipelineRunEvent, { type: 'PipelineRunMatched' }>['data'];
type First = Pick<Reported, 'environmentAlias' | 'commit' | 'startedBy' | 'occurredAt'>;
type State = Readonly<{ first?: First; observations: readonly Observation[]; matched?: Omit<Matched, 'reason'> }>;

/**
 * Every time the whole of what is known about the run, so that it does not matter which instruction comes first.
 * A message that names another environment or commit than the first contradicts it: it is kept, but moves nothing.
 */
export const observeDeploymentWhenPipelineRunMatched: Process<PipelineRunEvent, DeploymentCommand, State> = {
  name: 'observe-deployment-when-pipeline-run-matched',
  events: ['PipelineRunReported', 'PipelineRunMatched'],
  instance: ({ stream }) => idOf(stream),
  initialState: { observations: [] },
  evolve: (state, event) => {
    if (event.type === 'PipelineRunMatched') return { ...state, matched: event.data };
    return event.type === 'PipelineRunReported' ? reported(state, event.data) : state;
  },
  react: (event, { first, observations, matched }) => {
    if (!first || !matched) return [];
    const { deploymentId, target, production, digests, version, releaseId, changeId } = matched;
    const request = {
      kind: 'planned' as const,
      target,
      production,
      digests,
      ...(version !== undefined && { version }),
      deployer: first.startedBy,
      ...(changeId !== undefined && { changeId }),
      ...(releaseId !== undefined && { releaseId }),
      pipelineRunId: idOf(event.stream),
    };
    const data = { request, occurredAt: first.occurredAt, observations, reason: reasonOf(event) };
    return [{ send: { type: 'ObserveDeployment', data }, to: `deployment-${deploymentId}` }];
  },
};

const reported = (state: State, data: Reported): State => {
  const { environmentAlias, commit, startedBy, occurredAt, requestedAt = occurredAt, status } = data;
  const first = state.first ?? { environmentAlias, commit, startedBy, occurredAt: requestedAt };
  if (first.environmentAlias !== environmentAlias || first.commit !== commit) return state;
  return { ...state, first, observations: [...state.observations, { status, occurredAt }] };
};

// Sealed when it is carried out: see edge/preparations.ts.
const reasonOf = ({ data }: Recorded<PipelineRunEvent>): string =>
  'status' in data
    ? `${data.tool} reported the run as ${data.status}`
    : 'The tool reported the run as failed or canceled';
