import { AppendRefused, EventTooLarge, type NewEvent, type StreamAppend } from './event-store.ts';

/** Of the JSON text, in bytes. The tables say the same as CHECKs. */
export const MAX_DATA_BYTES = 256 * 1024;
export const MAX_ENVELOPE_BYTES = 16 * 1024;

/** An event as it is kept. */
export type WrittenEvent = Readonly<{ id: string; type: string; data: string; envelope: string }>;

// An event type is also a name on the wire; a stream is also a Kafka key and a header.
const TYPE = /^[A-Z][A-Za-z0-9]{0,99}$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const STREAM = /^[a-z][A-Za-z]{0,49}-[!-~]{1,149}$/;

/** Throws `AppendRefused` when the store could not keep it. */
export const written = ({ id, type, data, envelope }: NewEvent): WrittenEvent => {
  if (!TYPE.test(type)) throw new AppendRefused(`${type} is no event type`);
  if (!UUID.test(id)) throw new AppendRefused(`${id} is no id of an event`);
  const event = { id, type, data: JSON.stringify(data), envelope: JSON.stringify(envelope) };
  refuseBeyond(MAX_DATA_BYTES, event.data, `data of ${type}`);
  refuseBeyond(MAX_ENVELOPE_BYTES, event.envelope, `envelope of ${type}`);
  if (UNKEEPABLE.test(event.data))
    throw new AppendRefused(`data of ${type} has a NUL or half a surrogate pair in its text`);
  return event;
};

/** Throws `AppendRefused` for a name that is none, and when a stream stands there twice: two appends to one are one append. */
export const refuseStreams = (appends: readonly StreamAppend[]): void => {
  const streams = new Set(appends.map(({ stream }) => stream));
  if (streams.size < appends.length) throw new AppendRefused('a stream can be appended to once a call');
  for (const stream of streams) if (!STREAM.test(stream)) throw new AppendRefused(`${stream} is no name of a stream`);
};

const refuseBeyond = (bytes: number, text: string, what: string): void => {
  if (Buffer.byteLength(text) > bytes) throw new EventTooLarge(`${what} is larger than ${bytes} bytes`);
};

// JSON.stringify writes \uXXXX for these alone; an even number of backslashes before it is text.
const UNKEEPABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;
