import type { Projection } from '@slipway/consumers';
import type { Service } from './service.ts';

/** How often is looked for what no event tells of: a lease that ended, a receiver that has room again. */
export const POLL_MS = 500;
/** The same while nothing waits to be done. Whatever is new wakes at once; this is what a lost hint costs. */
export const IDLE_MS = 5_000;

/** Wakes who works on what a copy of the log has written. */
export class News {
  /** Up to where the copy was when its table was looked at the last time. */
  private seen = 0;

  constructor(
    private readonly service: Pick<Service, 'hints' | 'copied'>,
    private readonly copy: Projection,
  ) {}

  /** Waits until the copy has passed an event that it had not when this was asked the last time, or until the time is over. */
  async next(atMostMs: number, signal: AbortSignal): Promise<void> {
    const { hints, copied } = this.service;
    // What came between the last look and now is not waited for: its hint was before.
    if (hints.head() === this.seen) await hints.next(atMostMs, signal);
    if (signal.aborted) return;
    const head = hints.head();
    if ((await copied.waitUntil(this.copy, head, POLL_MS)) !== 'behind') this.seen = head;
  }
}
