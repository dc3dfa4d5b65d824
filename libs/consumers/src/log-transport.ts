import { metricNames } from '@slipway/telemetry';
import { LOG } from './place.ts';
import { type LogSource, settingsOf } from './source.ts';
import type { Subscription } from './subscription.ts';
import { gauge } from './telemetry.ts';
import { ConsumerTransport } from './transport.ts';
import { Overtaken, watermarkAt } from './watermark.ts';

/** A watermark that passes only what others read is written at most this often. */
const IDLE_MARK_MS = 100;

type At = { incarnation: string; marked: number; seen: number; markedAt: number };

/** Reads `event_log` by position. The embedded default, and the only feed of copies that decisions are taken on. */
export class LogTransport extends ConsumerTransport {
  private readonly log: LogSource;

  constructor(source: LogSource, subscription: Subscription) {
    super(source, subscription);
    this.log = source;
  }

  protected async consume(signal: AbortSignal): Promise<void> {
    const { hints } = this.log;
    const { pollMs } = settingsOf(this.log);
    let at = await this.start();
    while (!signal.aborted) {
      try {
        const moved = await this.step(at, signal);
        if (!moved) await hints.next(at.seen > at.marked ? IDLE_MARK_MS : pollMs, signal);
      } catch (error) {
        if (!(error instanceof Overtaken)) throw error;
        at = await this.start();
      }
    }
  }

  protected async isBehind(): Promise<boolean> {
    const { marked } = await this.start();
    return marked < (await this.log.store.head());
  }

  private async start(): Promise<At> {
    const { rows } = await this.log.pool.query<{ incarnation: string }>('SELECT store.incarnation() AS incarnation');
    const incarnation = rows[0]?.incarnation ?? '';
    const marked = await watermarkAt(this.log.pool, this.subscription.consumer, LOG, incarnation);
    return { incarnation, marked, seen: marked, markedAt: 0 };
  }

  /** One batch. The head is known before the log is read, so that whatever is not in the batch lies beyond it. */
  private async step(at: At, signal: AbortSignal): Promise<boolean> {
    const { store, hints } = this.log;
    const { batchSize } = settingsOf(this.log);
    const { consumer, categories } = this.subscription;
    const hinted = hints.head();
    const head = hinted > at.seen ? hinted : await store.head();
    if (head <= at.seen) return this.mark(at, signal);
    const events = await store.readLog(at.seen, batchSize, categories);
    const last = events.at(-1)?.position ?? 0;
    at.seen = events.length < batchSize ? Math.max(head, last) : last;
    gauge(metricNames.consumerLag, head - at.seen, { consumer });
    if (events.length === 0) return this.mark(at, signal);
    const { incarnation, marked: from, seen: through } = at;
    await this.deliver({ place: LOG, incarnation, from, through, events }, signal);
    at.marked = through;
    at.markedAt = performance.now();
    return true;
  }

  private async mark(at: At, signal: AbortSignal): Promise<boolean> {
    const { incarnation, marked: from, seen: through, markedAt } = at;
    if (through > from && performance.now() - markedAt >= IDLE_MARK_MS) {
      await this.deliver({ place: LOG, incarnation, from, through, events: [] }, signal);
      at.marked = through;
      at.markedAt = performance.now();
    }
    return false;
  }
}
