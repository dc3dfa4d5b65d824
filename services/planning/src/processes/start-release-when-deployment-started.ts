import type { DeploymentEvent } from '@slipway/contracts';
import type { Process } from '@slipway/event-sourcing';
import type { StartReleaseDeployment } from '../domain/release-commands.ts';
import {
  type Corrected,
  deploymentOf,
  type Followed,
  movesRelease,
  nothingFollowed,
  requestIn,
  type Requested,
  toldOf,
} from './production-deployment.ts';

type Fact = Requested | Corrected | Extract<DeploymentEvent, { type: 'DeploymentStarted' }>;
type State = Followed & Readonly<{ started?: true }>;

/** Production only: test deployments never move a release. One whose kind is corrected moves it from then on. */
export const startReleaseWhenDeploymentStarted: Process<Fact, StartReleaseDeployment, State> = {
  name: 'start-release-when-deployment-started',
  events: ['DeploymentRequested', 'DeploymentKindCorrected', 'DeploymentStarted'],
  instance: deploymentOf,
  initialState: nothingFollowed,
  evolve: (state, event) => {
    switch (event.type) {
      case 'DeploymentRequested':
        return requestIn(event);
      case 'DeploymentKindCorrected':
        return { ...state, moves: movesRelease(event.data.kind) };
      case 'DeploymentStarted':
        return { ...state, started: true };
    }
  },
  react: (event, { deployment, moves, started }) => {
    if (!deployment || !moves) return [{ ignore: 'moves no release' }];
    const isToldNow = event.type === 'DeploymentKindCorrected' && !movesRelease(event.data.before);
    if (!started || !(isToldNow || event.type === 'DeploymentStarted')) return [];
    const { to, about } = toldOf(event, deployment);
    return [{ to, send: { type: 'StartReleaseDeployment', data: about } }];
  },
};
