import type { Sent } from '../webhooks/send.ts';
import { paceAfter, waitAfter } from '../webhooks/schedule.ts';

export type Tried = Readonly<{
  sent: Sent;
  /** Failures of this delivery before, since it was last asked for. */
  failures: number;
  /** For how long nothing got through to the receiver, this attempt included, in hours. */
  failingHours: number;
}>;

export type Outcome = Readonly<{
  state: 'delivered' | 'waiting' | 'failed';
  /** Seconds until it is tried again. */
  waitSeconds?: number;
  /** Seconds for which nothing goes to this receiver. */
  paceSeconds: number;
  /** The subscription is to be disabled. */
  disable?: 'gone' | 'failing';
}>;

type Rules = Readonly<{ schedule: readonly number[]; disableAfterHours: number }>;

const GONE = 410;

/** What follows from an attempt, as Standard Webhooks says. `random` lies in 0..1. */
export const outcomeOf = ({ sent, failures, failingHours }: Tried, rules: Rules, random: number): Outcome => {
  const { status = 0, retryAfter } = sent;
  if (status >= 200 && status < 300) return { state: 'delivered', paceSeconds: 0 };
  if (status === GONE) return { state: 'failed', paceSeconds: 0, disable: 'gone' };
  const paceSeconds = paceAfter(status, retryAfter);
  const waitSeconds = waitAfter(failures + 1, random, retryAfter, rules.schedule);
  return {
    paceSeconds,
    ...(waitSeconds === undefined ? { state: 'failed' } : { state: 'waiting', waitSeconds }),
    ...(failingHours >= rules.disableAfterHours && { disable: 'failing' }),
  };
};
