import { LogReader } from './log-reader.ts';
import { LOG } from './place.ts';
import { type LogSource, settingsOf } from './source.ts';
import type { Subscription } from './subscription.ts';
import { ConsumerTransport } from './transport.ts';
import { Overtaken, watermarkAt } from './watermark.ts';

/** A watermark that passes only what others read is written at most this often. */
const IDLE_MARK_MS = 100;

type At = { reader: LogReader; incarnation: string; marked: number; seen: number; markedAt: number };

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
    const { position } = await watermarkAt(this.log.pool, this.subscription.consumer, LOG);
    return position < (await this.log.store.head());
  }

  private async start(): Promise<At> {
    const { consumer, categories } = this.subscription;
    const { incarnation, position } = await watermarkAt(this.log.pool, consumer, LOG);
    const reader = new LogReader(this.log.store, categories, position);
    return { reader, incarnation, marked: position, seen: position, markedAt: 0 };
  }

  private async step(at: At, signal: AbortSignal): Promise<boolean> {
    const { events, through } = await at.reader.next(this.batchSize, this.log.hints.head());
    at.seen = through;
    if (events.length === 0) return this.mark(at, signal);
    const { incarnation, marked: from } = at;
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
