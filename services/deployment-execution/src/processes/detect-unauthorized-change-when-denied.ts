import type { DecisionEvent, DeploymentEvent } from '@slipway/contracts';
import { idOf, type Process, type Recorded } from '@slipway/event-sourcing';
import type { Bound, DeploymentCommand } from '../domain/deployment-commands.ts';
import { refusalsIn } from './record-decision-when-taken.ts';

type Seen = DeploymentEvent | DecisionEvent;
type State = Readonly<{
  observedInProduction?: boolean;
  denied?: Readonly<{ rules: readonly string[]; about: Bound }>;
}>;

/** An observed deployment runs whatever the decision is; in production, a no makes it an unauthorized change. */
export const detectUnauthorizedChangeWhenDenied: Process<Seen, DeploymentCommand, State> = {
  name: 'detect-unauthorized-change-when-denied',
  events: ['DeploymentRequested', 'DecisionTaken'],
  instance: event => deploymentIn(event),
  initialState: {},
  evolve: (state, event) => {
    if (event.type === 'DeploymentRequested')
      return { ...state, observedInProduction: event.data.production && event.data.pipelineRunId !== undefined };
    if (event.type !== 'DecisionTaken' || event.data.verdict === 'allow') return state;
    const { target, digests, deployer, rules } = event.data;
    return {
      ...state,
      denied: { rules: refusalsIn(rules).map(({ rule }) => rule), about: { target, digests, deployer } },
    };
  },
  react: (event, { observedInProduction, denied }) =>
    observedInProduction && denied && !(event.type === 'DecisionTaken' && event.data.verdict === 'allow')
      ? [{ send: { type: 'DetectUnauthorizedChange', data: denied }, to: `deployment-${deploymentIn(event)}` }]
      : [],
};

const deploymentIn = (event: Recorded<Seen>): string =>
  event.type === 'DecisionTaken' ? event.data.deploymentId : idOf(event.stream);
