import { setTimeout as pause } from 'node:timers/promises';

export class Stopped extends Error {
  override readonly name = 'Stopped';
}

type Bounds = Readonly<{ firstDelayMs: number; longestDelayMs: number }>;

/** 50, 100, 200 … ms, at most the longest. `attempt` counts from 1. */
export const delayOf = (attempt: number, { firstDelayMs, longestDelayMs }: Bounds): number =>
  Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt - 1, 20));

/**
 * Waits, and says every half second that we are alive. Throws `Stopped` when the signal comes.
 */
export const backOff = async (
  attempt: number,
  bounds: Bounds,
  signal: AbortSignal,
  pulse: () => Promise<void> = () => Promise.resolve(),
): Promise<void> => {
  const until = performance.now() + delayOf(attempt, bounds);
  for (let left = until - performance.now(); left > 0; left = until - performance.now()) {
    await pause(Math.min(left, 500), undefined, { signal }).catch(() => {
      throw new Stopped();
    });
    await pulse();
  }
};
