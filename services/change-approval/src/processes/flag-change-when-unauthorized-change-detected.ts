import type { DecisionEvent, DeploymentEvent } from '@slipway/contracts';
import { idOf, type Message, type Process, type Recorded } from '@slipway/event-sourcing';

type Detected = Extract<DeploymentEvent, { type: 'UnauthorizedChangeDetected' }>;
type FlagUnauthorized = Message<'FlagUnauthorized', { deploymentId: string; rules: readonly string[] }>;
type State = Readonly<{ changeId?: string; rules?: readonly string[] }>;

const deploymentOf = (event: Recorded<Detected | DecisionEvent>): string =>
  event.type === 'DecisionTaken' ? event.data.deploymentId : idOf(event.stream);

export const flagChangeWhenUnauthorizedChangeDetected: Process<Detected | DecisionEvent, FlagUnauthorized, State> = {
  name: 'flag-change-when-unauthorized-change-detected',
  events: ['UnauthorizedChangeDetected', 'DecisionTaken'],
  instance: deploymentOf,
  initialState: {},
  evolve: (state, event) => {
    if (event.type === 'UnauthorizedChangeDetected') return { ...state, rules: event.data.rules };
    return event.data.changeId ? { ...state, changeId: event.data.changeId } : state;
  },
  react: (event, { changeId, rules }) =>
    changeId && rules
      ? [
          {
            send: { type: 'FlagUnauthorized', data: { deploymentId: deploymentOf(event), rules } },
            to: `change-${changeId}`,
          },
        ]
      : [{ ignore: 'nothing unauthorized, or under no change that is known' }],
};
