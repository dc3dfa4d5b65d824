import type { SubscriptionChannel, SubscriptionEvent, SubscriptionFilter } from '@slipway/contracts';
import type { Message } from '@slipway/event-sourcing';

type DataOf<Type extends SubscriptionEvent['type']> = Extract<SubscriptionEvent, { type: Type }>['data'];

export type CreateSubscription = Message<
  'CreateSubscription',
  Pick<
    DataOf<'SubscriptionCreated'>,
    'title' | 'owner' | 'description' | 'filter' | 'channel' | 'secretId' | 'grantsOf'
  >
>;
export type ChangeFilter = Message<'ChangeFilter', { filter: SubscriptionFilter; grantsOf?: string }>;
export type ChangeChannel = Message<'ChangeChannel', { channel: SubscriptionChannel; grantsOf?: string }>;
export type PauseSubscription = Message<'PauseSubscription', { reason?: string }>;
export type ResumeSubscription = Message<'ResumeSubscription'>;
/** By Slipway, when its receiver says that it is gone, or nothing got through for days. */
export type DisableSubscription = Message<
  'DisableSubscription',
  Pick<DataOf<'SubscriptionDisabled'>, 'cause' | 'failingSince'>
>;
export type EnableSubscription = Message<'EnableSubscription'>;
export type RotateSecret = Message<'RotateSecret', { secretId: string; overlapUntil: string }>;
export type TestSubscription = Message<'TestSubscription'>;
export type RequestRedelivery = Message<'RequestRedelivery', { deliveryId: string }>;
export type RequestReplay = Message<'RequestReplay', { afterPosition: number; throughPosition: number }>;
export type CancelSubscription = Message<'CancelSubscription', { reason?: string }>;

export type SubscriptionCommand =
  | CreateSubscription
  | ChangeFilter
  | ChangeChannel
  | PauseSubscription
  | ResumeSubscription
  | DisableSubscription
  | EnableSubscription
  | RotateSecret
  | TestSubscription
  | RequestRedelivery
  | RequestReplay
  | CancelSubscription;
