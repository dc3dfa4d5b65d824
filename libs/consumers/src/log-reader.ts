import type { EventStore } from '@slipway/event-store';
import type { Delivery } from './subscription.ts';

/** All events of the categories up to `through`. Full: there is more behind it. */
export type LogBatch = Readonly<{ events: readonly Delivery[]; through: number; isFull: boolean }>;

/** Reads the log forward. While one full batch has its effect, the next one is on its way. */
export class LogReader {
  private readonly store: Pick<EventStore, 'readLog' | 'head'>;
  private readonly categories: readonly string[];
  private at: number;
  private ahead: Promise<LogBatch> | undefined;

  constructor(store: Pick<EventStore, 'readLog' | 'head'>, categories: readonly string[], after: number) {
    this.store = store;
    this.categories = categories;
    this.at = after;
  }

  /** What comes next, at most so many events; none when the head is reached. A head that was heard of need not be asked for. */
  async next(limit: number, heardHead = 0): Promise<LogBatch> {
    const reading = this.ahead ?? this.read(limit, heardHead);
    this.ahead = undefined;
    const batch = await reading;
    this.at = batch.through;
    if (batch.isFull) {
      this.ahead = this.read(limit, 0);
      this.ahead.catch(() => undefined); // whoever asks for it next is told
    }
    return batch;
  }

  // The head is known before the log is read, so that whatever is not in the batch lies beyond it.
  private async read(limit: number, heardHead: number): Promise<LogBatch> {
    const { store, at } = this;
    const head = heardHead > at ? heardHead : await store.head();
    if (head <= at) return { events: [], through: at, isFull: false };
    const events = await store.readLog(at, limit, this.categories);
    const isFull = events.length >= limit;
    const last = events.at(-1)?.position ?? 0;
    return { events, through: isFull ? last : Math.max(head, last), isFull };
  }
}
