import type { StreamAppend } from '@slipway/event-store';
import { v7 as uuidv7 } from 'uuid';
import { EVENT_TYPE, eventData, newStream } from '../event.ts';

let turn = 0;

/** A stream that nobody has, with its first events of 500 bytes. */
export const newAppend = (events = 1): StreamAppend => ({
  stream: newStream(),
  expect: 'no-stream',
  events: Array.from({ length: events }, () => ({
    type: EVENT_TYPE,
    id: uuidv7(),
    data: eventData((turn += 1)),
    envelope: { correlationId: uuidv7() },
  })),
});
