import { canonical } from '@slipway/canonical';
import { isOwn, type SubscriptionChannel, type SubscriptionEvent, type SubscriptionFilter } from '@slipway/contracts';
import { type Decider, type Decision, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { SubscriptionCommand } from './subscription-commands.ts';

export type SubscriptionStatus = 'None' | 'Active' | 'Paused' | 'Disabled' | 'Canceled';
export type Subscription = Readonly<{
  status: SubscriptionStatus;
  filter: SubscriptionFilter;
  kind?: SubscriptionChannel['kind'];
}>;

export type Refusal =
  | 'already-created'
  | 'not-created'
  | 'subscription-canceled'
  | 'subscription-disabled'
  | 'not-paused'
  | 'not-disabled'
  | 'replay-empty'
  | 'no-such-channel';

type SubscriptionDecision = Decision<SubscriptionEvent, Refusal>;
type Moves = Readonly<Record<SubscriptionStatus, Partial<Record<SubscriptionCommand['type'], SubscriptionStatus>>>>;

/** What is allowed in which state, and the state that it leads to. A command that leads where it is already is one without effect, or no move at all. */
export const moves: Moves = {
  None: { CreateSubscription: 'Active' },
  Active: {
    ChangeFilter: 'Active',
    ChangeChannel: 'Active',
    PauseSubscription: 'Paused',
    ResumeSubscription: 'Active',
    DisableSubscription: 'Disabled',
    EnableSubscription: 'Active',
    RotateSecret: 'Active',
    TestSubscription: 'Active',
    RequestRedelivery: 'Active',
    RequestReplay: 'Active',
    CancelSubscription: 'Canceled',
  },
  Paused: {
    ChangeFilter: 'Paused',
    ChangeChannel: 'Paused',
    PauseSubscription: 'Paused',
    ResumeSubscription: 'Active',
    DisableSubscription: 'Disabled',
    RotateSecret: 'Paused',
    TestSubscription: 'Paused',
    RequestRedelivery: 'Paused',
    RequestReplay: 'Paused',
    CancelSubscription: 'Canceled',
  },
  Disabled: {
    ChangeFilter: 'Disabled',
    ChangeChannel: 'Disabled',
    DisableSubscription: 'Disabled',
    EnableSubscription: 'Active',
    RotateSecret: 'Disabled',
    CancelSubscription: 'Canceled',
  },
  Canceled: { CancelSubscription: 'Canceled' },
};

const refusalOf = ({ status }: Subscription, { type }: SubscriptionCommand) => {
  if (status === 'None') return reject('not-created', 'There is no such subscription.');
  if (type === 'CreateSubscription') return reject('already-created', 'This subscription was created before.');
  if (status === 'Canceled') return reject('subscription-canceled', 'It was canceled; create another one.');
  if (type === 'EnableSubscription') return reject('not-disabled', 'It is paused, not disabled; resume it.');
  if (type === 'ResumeSubscription') return reject('not-paused', 'It is disabled, not paused; enable it.');
  return reject('subscription-disabled', 'Slipway disabled it; enable it first.');
};

/** The states of which a command says what is so already. */
const leadsTo: Partial<Record<SubscriptionCommand['type'], SubscriptionStatus>> = {
  PauseSubscription: 'Paused',
  ResumeSubscription: 'Active',
  DisableSubscription: 'Disabled',
  EnableSubscription: 'Active',
  CancelSubscription: 'Canceled',
};

const decide = (command: Stamped<SubscriptionCommand>, subscription: Subscription): SubscriptionDecision => {
  if (!moves[subscription.status][command.type]) return refusalOf(subscription, command);
  if (leadsTo[command.type] === subscription.status) return [];
  return otherChannelThan(command, subscription) ?? eventsOf(command, subscription);
};

const otherChannelThan = (command: SubscriptionCommand, { kind }: Subscription) => {
  if (command.type === 'RotateSecret' && kind !== 'webhook')
    return reject('no-such-channel', 'Only webhooks are signed.');
  if (command.type === 'ChangeChannel' && kind !== command.data.channel.kind)
    return reject('no-such-channel', `It goes by ${kind}: create another subscription.`);
  return undefined;
};

const eventsOf = (command: Stamped<SubscriptionCommand>, { filter }: Subscription): SubscriptionDecision => {
  const { stamp } = command;
  switch (command.type) {
    case 'CreateSubscription':
      return [{ type: 'SubscriptionCreated', data: { ...stamp, ...command.data } }];
    case 'ChangeFilter':
      if (canonical(command.data.filter) === canonical(filter)) return [];
      return [{ type: 'SubscriptionFilterChanged', data: { ...stamp, ...command.data } }];
    case 'ChangeChannel':
      return [{ type: 'SubscriptionChannelChanged', data: { ...stamp, ...command.data } }];
    case 'DisableSubscription':
      return [{ type: 'SubscriptionDisabled', data: { ...stamp, ...command.data } }];
    case 'RotateSecret':
      return [{ type: 'SubscriptionSecretRotated', data: { ...stamp, ...command.data } }];
    case 'RequestRedelivery':
      return [{ type: 'RedeliveryRequested', data: { ...stamp, ...command.data } }];
    case 'RequestReplay':
      if (command.data.afterPosition >= command.data.throughPosition)
        return reject('replay-empty', 'The log has nothing after this position.');
      return [{ type: 'ReplayRequested', data: { ...stamp, ...command.data } }];
    case 'PauseSubscription':
      return [{ type: 'SubscriptionPaused', data: { ...stamp, ...command.data } }];
    case 'CancelSubscription':
      return [{ type: 'SubscriptionCanceled', data: { ...stamp, ...command.data } }];
    case 'ResumeSubscription':
    case 'EnableSubscription':
    case 'TestSubscription':
      return plain(PLAIN[command.type], stamp);
  }
};

const PLAIN = {
  ResumeSubscription: 'SubscriptionResumed',
  EnableSubscription: 'SubscriptionEnabled',
  TestSubscription: 'SubscriptionTested',
} as const;

const plain = (type: (typeof PLAIN)[keyof typeof PLAIN], stamp: Stamp): SubscriptionDecision => [{ type, data: stamp }];

const evolve = (subscription: Subscription, event: SubscriptionEvent): Subscription => {
  if (!isOwn(event)) return subscription;
  switch (event.type) {
    case 'SubscriptionCreated':
      return { status: 'Active', filter: event.data.filter, kind: event.data.channel.kind };
    case 'SubscriptionFilterChanged':
      return { ...subscription, filter: event.data.filter };
    case 'SubscriptionPaused':
      return { ...subscription, status: 'Paused' };
    case 'SubscriptionResumed':
    case 'SubscriptionEnabled':
      return { ...subscription, status: 'Active' };
    case 'SubscriptionDisabled':
      return { ...subscription, status: 'Disabled' };
    case 'SubscriptionCanceled':
      return { ...subscription, status: 'Canceled' };
    case 'SubscriptionChannelChanged':
    case 'SubscriptionSecretRotated':
    case 'SubscriptionTested':
    case 'RedeliveryRequested':
    case 'ReplayRequested':
      return subscription;
  }
};

export const subscription: Decider<SubscriptionCommand, SubscriptionEvent, Subscription, Refusal> = {
  initialState: { status: 'None', filter: {} },
  decide,
  evolve,
};
