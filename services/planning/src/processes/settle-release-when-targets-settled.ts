import type { DeploymentEvent } from '@slipway/contracts';
import type { Process } from '@slipway/event-sourcing';
import type { RecordTarget } from '../domain/release-commands.ts';
import { deploymentOf, type ProductionDeployment, productionDeploymentIn } from './production-deployment.ts';

type Outcome = RecordTarget['data']['outcome'];
type Fact = Extract<
  DeploymentEvent,
  {
    type:
      | 'DeploymentRequested'
      | 'TrafficTaken'
      | 'VerificationFailed'
      | 'DeploymentFailed'
      | 'DeploymentSucceeded'
      | 'DeploymentRolledBack';
  }
>;
type State = Readonly<{ deployment?: ProductionDeployment; tookTraffic: boolean }>;

/** The release hears how each of its production deployments came out, and decides when its targets are settled. */
export const settleReleaseWhenTargetsSettled: Process<Fact, RecordTarget, State> = {
  name: 'settle-release-when-targets-settled',
  events: [
    'DeploymentRequested',
    'TrafficTaken',
    'VerificationFailed',
    'DeploymentFailed',
    'DeploymentSucceeded',
    'DeploymentRolledBack',
  ],
  instance: deploymentOf,
  initialState: { tookTraffic: false },
  evolve: (state, event) => {
    if (event.type === 'DeploymentRequested') {
      const deployment = productionDeploymentIn(event);
      return { ...(deployment && { deployment }), tookTraffic: false };
    }
    // What succeeded serves users, whether the tool said when it began to or not.
    return { ...state, tookTraffic: state.tookTraffic || TAKES_TRAFFIC.includes(event.type) };
  },
  react: (event, { deployment, tookTraffic }) => {
    if (!deployment) return [{ ignore: 'moves no release' }];
    const outcome = outcomes[event.type];
    if (!outcome) return [];
    const { serviceId, environmentId } = deployment.target;
    const data = {
      deploymentId: deploymentOf(event),
      deploymentVersion: event.version,
      serviceId,
      environmentId,
      outcome,
      tookTraffic,
    };
    return [{ to: `release-${deployment.releaseId}`, send: { type: 'RecordTarget', data } }];
  },
};

const TAKES_TRAFFIC: readonly Fact['type'][] = ['TrafficTaken', 'DeploymentSucceeded'];

const outcomes: Partial<Record<Fact['type'], Outcome>> = {
  VerificationFailed: 'failed',
  DeploymentFailed: 'failed',
  DeploymentSucceeded: 'succeeded',
  DeploymentRolledBack: 'rolled-back',
};
