import type { DeploymentEvent } from '@slipway/contracts';
import type { Process } from '@slipway/event-sourcing';
import type { StartReleaseDeployment } from '../domain/release-commands.ts';
import { deploymentOf, type ProductionDeployment, productionDeploymentIn } from './production-deployment.ts';

type Fact = Extract<DeploymentEvent, { type: 'DeploymentRequested' | 'DeploymentStarted' }>;
type State = Readonly<{ deployment?: ProductionDeployment }>;

/** Production only: test deployments never move a release. */
export const startReleaseWhenDeploymentStarted: Process<Fact, StartReleaseDeployment, State> = {
  name: 'start-release-when-deployment-started',
  events: ['DeploymentRequested', 'DeploymentStarted'],
  instance: deploymentOf,
  initialState: {},
  evolve: (state, event) => {
    const deployment = event.type === 'DeploymentRequested' ? productionDeploymentIn(event) : state.deployment;
    return deployment ? { deployment } : {};
  },
  react: (event, { deployment }) => {
    if (!deployment) return [{ ignore: 'moves no release' }];
    if (event.type !== 'DeploymentStarted') return [];
    const { serviceId, environmentId } = deployment.target;
    const data = { deploymentId: deploymentOf(event), serviceId, environmentId };
    return [{ to: `release-${deployment.releaseId}`, send: { type: 'StartReleaseDeployment', data } }];
  },
};
