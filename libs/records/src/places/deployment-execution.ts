import type { DeploymentEvent, PipelineRunEvent, Target } from '@slipway/contracts';
import type { Placing } from '@slipway/service';

type Place = Pick<Target, 'serviceId' | 'environmentId'>;

const atTarget: Omit<Placing<never, Place | undefined>, 'evolve'> = {
  initialState: undefined,
  places: target => (target ? [target] : []),
};

export const deploymentPlaces: Placing<DeploymentEvent, Place | undefined> = {
  ...atTarget,
  evolve: (target, { type, data }) => {
    if (type === 'DeploymentRequested') return data.target;
    return type === 'DeploymentImported' ? data : target;
  },
};

/** One that matched nothing takes place nowhere yet. */
export const pipelineRunPlaces: Placing<PipelineRunEvent, Place | undefined> = {
  ...atTarget,
  evolve: (target, { type, data }) => (type === 'PipelineRunMatched' ? data.target : target),
};

/** The lock of a target is only ever taken and given back together with a deployment at it. */
export const targetPlaces: Placing = { initialState: undefined, evolve: () => undefined, places: () => [] };
