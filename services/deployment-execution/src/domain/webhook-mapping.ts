import { canonical } from '@slipway/canonical';
import type { WebhookMappingEvent } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';

export type Mapping = Omit<Extract<WebhookMappingEvent, { type: 'WebhookMappingDefined' }>['data'], keyof Stamp>;

export type WebhookMappingCommand =
  Message<'DefineWebhookMapping', Mapping> | Message<'WithdrawWebhookMapping', { reason: string }>;

export type WebhookMappingRejection = 'duplicate-status' | 'no-mapping';

export type WebhookMapping =
  Readonly<{ status: 'none' }> | Readonly<{ status: 'defined'; mapping: Mapping }> | Readonly<{ status: 'withdrawn' }>;

type Moves = { readonly [State in WebhookMapping['status']]: Partial<Record<WebhookMappingCommand['type'], string>> };

/** What each state allows, and where that leads. One that was withdrawn may be defined again. */
export const MAPPING_MOVES: Moves = {
  none: { DefineWebhookMapping: 'defined' },
  defined: { DefineWebhookMapping: 'defined', WithdrawWebhookMapping: 'withdrawn' },
  withdrawn: { DefineWebhookMapping: 'defined', WithdrawWebhookMapping: 'withdrawn' },
};

const decide = (
  { type, data, stamp }: Stamped<WebhookMappingCommand>,
  state: WebhookMapping,
): Decision<WebhookMappingEvent, WebhookMappingRejection> => {
  if (!MAPPING_MOVES[state.status][type]) return reject('no-mapping', 'There is no such mapping.');
  if (type === 'WithdrawWebhookMapping')
    return state.status === 'withdrawn' ? [] : [{ type: 'WebhookMappingWithdrawn', data: { ...data, ...stamp } }];
  if (new Set(data.statuses.map(({ said }) => said)).size < data.statuses.length)
    return reject('duplicate-status', 'Each word of the tool means one thing: name it once.');
  if (state.status === 'defined' && canonical(state.mapping) === canonical(data)) return [];
  return [{ type: 'WebhookMappingDefined', data: { ...data, ...stamp } }];
};

const evolve = (_: WebhookMapping, event: WebhookMappingEvent): WebhookMapping => {
  if (event.type === 'WebhookMappingWithdrawn') return { status: 'withdrawn' };
  const { name, signature, fields, statuses, only } = event.data;
  return { status: 'defined', mapping: { name, signature, fields, statuses, only } };
};

export const webhookMapping: Decider<
  WebhookMappingCommand,
  WebhookMappingEvent,
  WebhookMapping,
  WebhookMappingRejection
> = { initialState: { status: 'none' }, decide, evolve };
