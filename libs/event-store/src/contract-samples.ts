import { v7 as uuidv7 } from 'uuid';
import type { NewEvent, StreamAppend } from './event-store.ts';

/** A stream that nobody has written to. */
export const fresh = (category = 'service'): string => `${category}-${uuidv7()}`;

export const event = (
  data: object = {},
  envelope: Partial<NewEvent['envelope']> = {},
  type = 'ServiceSeen',
): NewEvent => ({
  type,
  data,
  id: uuidv7(),
  envelope: { correlationId: 'correlation', ...envelope },
});

export const started = (stream: string, ...events: readonly NewEvent[]): StreamAppend => ({
  stream,
  expect: 'no-stream',
  events,
});
