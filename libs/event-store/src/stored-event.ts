import type { Message } from '@slipway/event-sourcing';
import type { EventEnvelope, StoredEvent } from './event-store.ts';

export type EventRow = Readonly<{
  stream: string;
  version: number;
  id: string;
  type: string;
  data: object;
  envelope: EventEnvelope;
}>;

export type Upcast = (event: Message) => Message;

export const storedEvent = ({ stream, version, id, type, data, envelope }: EventRow, upcast: Upcast): StoredEvent => ({
  ...upcast({ type, data }),
  ...envelope,
  id,
  stream,
  version,
});
