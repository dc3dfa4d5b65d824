import type { DeploymentEvent } from '@slipway/contracts';
import { idOf, type Process } from '@slipway/event-sourcing';
import { targetStream } from '../domain/target.ts';
import type { Live, TargetCommand } from '../domain/target-state.ts';

type Known = Readonly<{ serviceId: string; environmentId: string; live: Live; tookTraffic: boolean }>;
type State = Readonly<{ observed?: Known }>;

/** The tool's own commands write the lock in the same append; of an observed deployment it follows. */
export const trackTargetWhenObservedDeploymentMoves: Process<DeploymentEvent, TargetCommand, State> = {
  name: 'track-target-when-observed-deployment-moves',
  events: [
    'DeploymentRequested',
    'DeploymentStarted',
    'TrafficTaken',
    'DeploymentSucceeded',
    'DeploymentFailed',
    'DeploymentCanceled',
  ],
  instance: ({ stream }) => idOf(stream),
  initialState: {},
  evolve: (state, event) => {
    if (event.type === 'DeploymentRequested')
      return event.data.pipelineRunId === undefined ? {} : { observed: knownOf(idOf(event.stream), event.data) };
    return event.type === 'TrafficTaken' && state.observed
      ? { observed: { ...state.observed, tookTraffic: true } }
      : state;
  },
  react: ({ type, stream }, { observed }) => {
    if (!observed) return [];
    const { serviceId, environmentId, live, tookTraffic } = observed;
    const at = { deploymentId: idOf(stream), serviceId, environmentId };
    const to = targetStream(serviceId, environmentId);
    switch (type) {
      case 'DeploymentStarted':
        return [{ send: { type: 'ObserveOccupied', data: at }, to }];
      case 'DeploymentSucceeded':
      case 'DeploymentFailed':
      case 'DeploymentCanceled':
        return [{ send: { type: 'ObserveReleased', data: { ...at, ...(tookTraffic && { live }) } }, to }];
      default:
        return [];
    }
  },
};

const knownOf = (
  deploymentId: string,
  { target, digests, version }: Extract<DeploymentEvent, { type: 'DeploymentRequested' }>['data'],
): Known => ({
  serviceId: target.serviceId,
  environmentId: target.environmentId,
  live: { deploymentId, digests, ...(version !== undefined && { version }) },
  tookTraffic: false,
});
