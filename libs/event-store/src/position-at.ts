import type { EventStore } from './event-store.ts';

/** The last position that was given at or before an instant, of those up to `head`; 0 when none was. */
export const positionAt = async (
  store: Pick<EventStore, 'readLog'>,
  instant: string,
  head: number,
): Promise<number> => {
  const time = Date.parse(instant);
  let [low, high] = [0, head];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [event] = await store.readLog(middle - 1, 1);
    if (event && Date.parse(event.sequencedAt) <= time) low = middle;
    else high = middle - 1;
  }
  return low;
};
