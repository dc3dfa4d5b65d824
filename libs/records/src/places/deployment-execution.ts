import type { DeploymentEvent, PipelineRunEvent, Target } from '@slipway/contracts';
import type { Placing } from '@slipway/service';

const atTarget: Omit<Placing<never, Target | undefined>, 'evolve'> = {
  initialState: undefined,
  places: target => (target ? [target] : []),
};

export const deploymentPlaces: Placing<DeploymentEvent, Target | undefined> = {
  ...atTarget,
  evolve: (target, { type, data }) => (type === 'DeploymentRequested' ? data.target : target),
};

/** One that matched nothing takes place nowhere yet. */
export const pipelineRunPlaces: Placing<PipelineRunEvent, Target | undefined> = {
  ...atTarget,
  evolve: (target, { type, data }) => (type === 'PipelineRunMatched' ? data.target : target),
};

/** The lock of a target is only ever taken and given back together with a deployment at it. */
export const targetPlaces: Placing = { initialState: undefined, evolve: () => undefined, places: () => [] };
