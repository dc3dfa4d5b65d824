import { EVENT_BYTES, eventData } from './event.ts';

test.each([0, 1, 999_999, 9_999_999_999])('event %i is as long as all others, and like none of them', turn => {
  expect(Buffer.byteLength(JSON.stringify(eventData(turn)))).toBe(EVENT_BYTES);
  expect(eventData(turn)).not.toEqual(eventData(turn + 1));
});
