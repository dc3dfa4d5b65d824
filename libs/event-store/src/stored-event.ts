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

/** Many events of one stream as JSON texts, from version `first` on; none when that is null. */
export type EventsRow = Readonly<{
  nth: number;
  stream_version: number;
  first: number | null;
  ids: string;
  types: string;
  data: string;
  envelopes: string;
}>;

export const eventsIn = (row: EventsRow, stream: string, upcast: Upcast): readonly StoredEvent[] => {
  const { first } = row;
  if (first === null) return [];
  const data = JSON.parse(row.data) as readonly object[];
  const envelopes = JSON.parse(row.envelopes) as readonly EventEnvelope[];
  const types = row.types.split(',');
  return row.ids.split(',').map((id, index) => ({
    ...upcast({ type: types[index] ?? '', data: data[index] ?? {} }),
    ...(envelopes[index] as EventEnvelope),
    id,
    stream,
    version: first + index,
  }));
};
