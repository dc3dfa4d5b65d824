import type { SubscriptionEvent } from '@slipway/contracts';
import { stampOf } from '@slipway/event-sourcing';
import type { SubscriptionCommand } from './subscription-commands.ts';

type DataOf<Of extends Readonly<{ type: string; data: object }>, Type> = Extract<Of, { type: Type }>['data'];

export const rita = 'person-0198c1a0-1000-7000-8000-000000000001';
export const stamp = stampOf(rita);
export const sealed = 'sealed:v1:eA';

export const event = <Type extends SubscriptionEvent['type']>(
  type: Type,
  data: Omit<DataOf<SubscriptionEvent, Type>, keyof typeof stamp>,
): SubscriptionEvent => ({ type, data: { ...data, ...stamp } }) as SubscriptionEvent;

export const command = <Type extends SubscriptionCommand['type']>(
  type: Type,
  data: DataOf<SubscriptionCommand, Type>,
) => ({ type, data, stamp }) as Extract<SubscriptionCommand, { type: Type }> & { stamp: typeof stamp };

export const filter = { types: ['dev.slipway.release-*'] };
export const channel = { kind: 'webhook', url: sealed } as const;
export const described = { title: 'Shop chat', owner: rita, filter, channel, secretId: 's1' };
