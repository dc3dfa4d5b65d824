import { type DeploymentEvent, deploymentOutcomeIn } from '@slipway/contracts';
import type { Instruction, Process, Recorded } from '@slipway/event-sourcing';
import type { DismissDeployment, RecordTarget } from '../domain/release-commands.ts';
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

type Outcome = RecordTarget['data']['outcome'];
type Went = Extract<
  DeploymentEvent,
  {
    type:
      | 'DeploymentStarted'
      | 'TrafficTaken'
      | 'VerificationFailed'
      | 'DeploymentFailed'
      | 'DeploymentSucceeded'
      | 'DeploymentRolledBack';
  }
>;
type Fact = Requested | Corrected | Went;
/** `begun`: the release was told of it, or would have been. */
type State = Followed & Readonly<{ begun?: true; tookTraffic: boolean; outcome?: Outcome }>;
type Told = RecordTarget | DismissDeployment;

/** The release hears how each of its production deployments came out, and decides when its targets are settled. */
export const settleReleaseWhenTargetsSettled: Process<Fact, Told, State> = {
  name: 'settle-release-when-targets-settled',
  events: [
    'DeploymentRequested',
    'DeploymentKindCorrected',
    'DeploymentStarted',
    'TrafficTaken',
    'VerificationFailed',
    'DeploymentFailed',
    'DeploymentSucceeded',
    'DeploymentRolledBack',
  ],
  instance: deploymentOf,
  initialState: { ...nothingFollowed, tookTraffic: false },
  evolve: (state, event) => {
    if (event.type === 'DeploymentRequested') return { ...requestIn(event), tookTraffic: false };
    if (event.type === 'DeploymentKindCorrected') return { ...state, moves: movesRelease(event.data.kind) };
    const outcome = outcomeIn(event);
    // What succeeded serves users, whether the tool said when it began to or not.
    const tookTraffic = state.tookTraffic || TAKES_TRAFFIC.includes(event.type);
    return { ...state, begun: true, tookTraffic, ...(outcome && { outcome }) };
  },
  react: (event, state) => {
    if (!state.deployment) return [{ ignore: 'moves no release' }];
    if (event.type === 'DeploymentKindCorrected') return corrected(event, state);
    if (!state.moves) return [{ ignore: 'moves no release' }];
    return outcomeIn(event) ? recorded(event, state) : [];
  },
};

const corrected = (event: Recorded<Corrected>, state: State): readonly Instruction<Told>[] => {
  const before = movesRelease(event.data.before);
  if (before === state.moves || !state.deployment) return [{ ignore: 'moves a release as it did, or none' }];
  if (state.moves) return recorded(event, state);
  const { to, about } = toldOf(event, state.deployment);
  return state.begun ? [{ to, send: { type: 'DismissDeployment', data: about } }] : [];
};

const recorded = (
  event: Recorded<Fact>,
  { deployment, outcome, tookTraffic }: State,
): readonly Instruction<RecordTarget>[] => {
  if (!deployment || !outcome) return [];
  const { to, about } = toldOf(event, deployment);
  return [{ to, send: { type: 'RecordTarget', data: { ...about, outcome, tookTraffic } } }];
};

const TAKES_TRAFFIC: readonly Fact['type'][] = ['TrafficTaken', 'DeploymentSucceeded'];

const outcomeIn = (event: Fact): Outcome | undefined => {
  const outcome = deploymentOutcomeIn(event);
  return outcome === 'not-deployed' ? undefined : outcome;
};
