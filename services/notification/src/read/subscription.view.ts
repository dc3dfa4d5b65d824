import { isOwn, type SubscriptionEvent } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';

type FactsOf<Type extends SubscriptionEvent['type']> = Omit<
  Extract<SubscriptionEvent, { type: Type }>['data'],
  keyof Stamp
>;

export type SubscriptionState = 'Active' | 'Paused' | 'Disabled' | 'Canceled';

export type SubscriptionView = Omit<FactsOf<'SubscriptionCreated'>, 'secretId'> &
  Readonly<{
    state: SubscriptionState;
    /** Why it is paused or was canceled. */
    reason?: string;
    disabled?: FactsOf<'SubscriptionDisabled'> & Readonly<{ at: string }>;
    /** Until then the secret before the last one signs too. */
    overlapUntil?: string;
    createdAt: string;
    updatedAt: string;
  }>;

const STATES: Partial<Record<SubscriptionEvent['type'], SubscriptionState>> = {
  SubscriptionCreated: 'Active',
  SubscriptionPaused: 'Paused',
  SubscriptionResumed: 'Active',
  SubscriptionDisabled: 'Disabled',
  SubscriptionEnabled: 'Active',
  SubscriptionCanceled: 'Canceled',
};

/** The state that an event leads to, where it leads to one: the same on the record and in the list. */
export const stateAfter = ({ type }: SubscriptionEvent): { state?: SubscriptionState } => {
  const state = STATES[type];
  return state === undefined ? {} : { state };
};

export const subscriptionView = (
  view: SubscriptionView | undefined,
  event: Recorded<SubscriptionEvent>,
): SubscriptionView | undefined => {
  if (event.type === 'SubscriptionCreated') return created(event.data);
  if (!view) return undefined;
  // Why it was not active is of no interest once it is another thing.
  const { reason: _, disabled: __, ...rest } = view;
  const before = stateAfter(event).state ? rest : view;
  return { ...before, ...stateAfter(event), ...stepOf(event), updatedAt: event.data.recordedAt };
};

/** With labels, references, comments and files. */
export const subscriptionRecord = describedView('subscription', subscriptionView);

const created = (data: Extract<SubscriptionEvent, { type: 'SubscriptionCreated' }>['data']): SubscriptionView => ({
  title: data.title,
  owner: data.owner,
  ...(data.description && { description: data.description }),
  filter: data.filter,
  channel: data.channel,
  state: 'Active',
  createdAt: data.recordedAt,
  updatedAt: data.recordedAt,
});

const stepOf = (event: SubscriptionEvent): Partial<SubscriptionView> => {
  if (!isOwn(event)) return {};
  switch (event.type) {
    case 'SubscriptionFilterChanged':
      return { filter: event.data.filter };
    case 'SubscriptionChannelChanged':
      return { channel: event.data.channel };
    case 'SubscriptionSecretRotated':
      return { overlapUntil: event.data.overlapUntil };
    case 'SubscriptionDisabled': {
      const { cause, failingSince, recordedAt: at } = event.data;
      return { disabled: { cause, ...(failingSince && { failingSince }), at } };
    }
    case 'SubscriptionPaused':
    case 'SubscriptionCanceled':
      return event.data.reason ? { reason: event.data.reason } : {};
    default:
      return {};
  }
};
