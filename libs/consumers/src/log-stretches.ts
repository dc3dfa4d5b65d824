import type { PostgresEventStore } from '@slipway/event-store';
import type { LogBatch } from './log-reader.ts';

/** So many at the same time: one is sent while the next one is looked for. */
const AHEAD = 2;

/** Reads the log forward in stretches of so many positions, the next ones while one has its effect. */
export class LogStretches {
  private readonly store: Pick<PostgresEventStore, 'readStretch' | 'head'>;
  private readonly categories: readonly string[];
  private readonly length: number;
  private readonly ahead: Promise<LogBatch>[] = [];
  private planned: number;
  private head = 0;

  constructor(
    store: Pick<PostgresEventStore, 'readStretch' | 'head'>,
    categories: readonly string[],
    after: number,
    length: number,
  ) {
    this.store = store;
    this.categories = categories;
    this.length = length;
    this.planned = after;
  }

  /** What comes next; full until the head is reached, as it was when it was last asked for. */
  async next(): Promise<LogBatch> {
    if (this.planned >= this.head) this.head = Math.max(this.planned, await this.store.head());
    while (this.ahead.length < AHEAD && this.planned < this.head) this.plan();
    return this.ahead.shift() ?? { events: [], through: this.planned, isFull: false };
  }

  private plan(): void {
    const after = this.planned;
    const through = Math.min(this.head, after + this.length);
    this.planned = through;
    const isFull = through < this.head;
    const reading = this.store
      .readStretch(after, through, this.categories)
      .then(events => ({ events, through, isFull }));
    reading.catch(() => undefined); // whoever asks for it is told
    this.ahead.push(reading);
  }
}
