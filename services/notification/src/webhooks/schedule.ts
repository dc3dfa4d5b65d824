/**
 * Seconds from one attempt to the next, by the schedule that Standard Webhooks 1.0 gives as its example: ten attempts in three
 * days and some hours.
 */
export const SCHEDULE: readonly number[] = [
  5,
  5 * 60,
  30 * 60,
  2 * 3_600,
  5 * 3_600,
  10 * 3_600,
  14 * 3_600,
  20 * 3_600,
  24 * 3_600,
];

const JITTER = 0.2;
const LONGEST_WAIT_SECONDS = 24 * 3_600;
const PACE_SECONDS = 30;
/** The receiver says that it has too much to do. */
const OVERLOADED = [429, 502, 504];

/**
 * Seconds until the next attempt; undefined when there is none. `failures` counts from 1, `random` lies in 0..1: up to a fifth is
 * added, so that what failed together does not come back together. What the receiver asked for (`Retry-After`) is the least.
 */
export const waitAfter = (
  failures: number,
  random: number,
  retryAfter = 0,
  schedule = SCHEDULE,
): number | undefined => {
  const delay = schedule[failures - 1];
  return delay === undefined ? undefined : Math.max(delay * (1 + JITTER * random), retryAfter);
};

/** Seconds for which nothing else goes to a receiver that answered this; 0: nothing is held back. */
export const paceAfter = (status: number, retryAfter?: number): number => {
  if (OVERLOADED.includes(status)) return retryAfter ?? PACE_SECONDS;
  return status === 503 && retryAfter ? retryAfter : 0;
};

/** Seconds out of a `Retry-After` header, a number or a date (RFC 9110), at most a day; undefined when it says nothing. */
export const retryAfterIn = (header: string | undefined, now: Date): number | undefined => {
  if (header === undefined) return undefined;
  const seconds = /^\d{1,10}$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1_000;
  return seconds > 0 ? Math.min(seconds, LONGEST_WAIT_SECONDS) : undefined;
};
