import { gauge, metricNames } from '@slipway/telemetry';
import type { LogRow } from './record.ts';

/** What is in the log and not yet acknowledged by Kafka, in positions, and in seconds since the oldest of it got its position. */
export class RelayLag {
  #head = 0;
  #told = -1;

  /** As the sequencer says with each batch. */
  headIs(head: number): void {
    if (head > this.#head) this.#head = head;
  }

  /** `rows` are the last ones that were read, some of which may wait still. The clock is this machine's: it may be off a little. */
  tell(published: number, rows: readonly LogRow[]): void {
    this.headIs(rows.at(-1)?.position ?? published);
    const lag = this.#head - published;
    if (lag === 0 && this.#told === 0) return;
    this.#told = lag;
    const oldest = rows.find(({ position }) => position > published) ?? rows.at(-1);
    const seconds = lag > 0 && oldest ? Math.max(0, Date.now() - Date.parse(oldest.sequencedAt)) / 1_000 : 0;
    gauge(metricNames.relayLag, lag);
    gauge(metricNames.relayLagSeconds, seconds);
  }
}
