import type { WebhookMappingEvent } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';

type Defined = Omit<Extract<WebhookMappingEvent, { type: 'WebhookMappingDefined' }>['data'], keyof Stamp>;

/** `by`, `at`: of the last word about it. */
export type WebhookMappingView = Defined &
  Readonly<{ state: 'defined' | 'withdrawn'; by: string; at: string; reason?: string }>;

export const webhookMappingView = (
  view: WebhookMappingView | undefined,
  { type, data }: Recorded<WebhookMappingEvent>,
): WebhookMappingView | undefined => {
  const { actor: by, recordedAt: at } = data;
  if (type === 'WebhookMappingWithdrawn') return view && { ...view, state: 'withdrawn', by, at, reason: data.reason };
  const { name, signature, fields, statuses, only } = data;
  return { state: 'defined', name, signature, fields, statuses, only, by, at };
};
