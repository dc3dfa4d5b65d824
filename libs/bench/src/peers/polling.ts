import { setTimeout as pause } from 'node:timers/promises';

const EMPTY_MS = 2;

/** Reads page after page, with hardly a rest, until it is stopped. `next` answers how many it found. */
export const polling = (next: () => Promise<number>): (() => Promise<void>) => {
  let stopped = false;
  const run = async (): Promise<void> => {
    while (!stopped) if ((await next()) === 0) await pause(EMPTY_MS);
  };
  const ended = run();
  ended.catch(() => undefined); // thrown where it is stopped
  return async () => {
    stopped = true;
    await ended;
  };
};
