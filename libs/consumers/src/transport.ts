import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { metricNames } from '@slipway/telemetry';
import { setTimeout as pause } from 'node:timers/promises';
import { backOff, Stopped } from './back-off.ts';
import { BatchSize } from './batch-size.ts';
import { type Batch, deliver, type Receiver } from './deliver.ts';
import { replayKnown } from './parking.ts';
import { type Source, settingsOf } from './source.ts';
import type { Subscription } from './subscription.ts';
import { count } from './telemetry.ts';

const LONGEST_CLOSE_MS = 10_000;

/**
 * What both transports share: one run at a time, begun anew with back-off when it breaks or goes deaf, and drained when
 * Nest closes it. Starting never waits for a broker or a database that is away.
 */
export abstract class ConsumerTransport extends Server implements CustomTransportStrategy {
  override readonly transportId = Symbol('slipway');
  private readonly closed = new AbortController();
  private run = { controller: new AbortController(), ended: Promise.resolve() };
  private readonly size: BatchSize;
  private moves = 0;

  constructor(
    protected readonly source: Source,
    protected readonly subscription: Subscription,
  ) {
    super();
    this.size = new BatchSize(settingsOf(source).batchSize);
  }

  /** Consumes until the signal comes; throws when it cannot go on. */
  protected abstract consume(signal: AbortSignal): Promise<void>;

  /** Whether there is something that it should have got by now. */
  protected abstract isBehind(): Promise<boolean>;

  listen(callback: (error?: unknown) => void): void {
    this.begin();
    void this.watch();
    callback();
  }

  /** Lets the transaction in hand finish. */
  async close(): Promise<void> {
    this.closed.abort();
    this.run.controller.abort();
    const enough = new AbortController();
    await Promise.race([
      this.run.ended,
      pause(LONGEST_CLOSE_MS, undefined, { signal: enough.signal }).catch(() => undefined),
    ]);
    enough.abort();
  }

  on(): never {
    throw new Error('this transport has no events of its own');
  }

  unwrap<T>(): T {
    return this as unknown as T;
  }

  /** How many records to take at once, for now. */
  protected get batchSize(): number {
    return this.size.current;
  }

  protected async deliver(batch: Batch, signal: AbortSignal, pulse?: () => Promise<void>): Promise<void> {
    const { source, subscription } = this;
    const receiver: Receiver = { source, subscription, signal, ...(pulse && { pulse }) };
    const began = performance.now();
    const inOnePiece = await deliver(receiver, batch);
    if (batch.events.length > 0) this.size.took(batch.events.length, performance.now() - began, inOnePiece);
    this.moves += 1;
  }

  /** A run that hangs is left behind: whatever it still does loses the compare-and-set. */
  private begin(): void {
    const controller = new AbortController();
    this.run = { controller, ended: this.keepConsuming(controller.signal) };
  }

  private async keepConsuming(signal: AbortSignal): Promise<void> {
    const { consumer } = this.subscription;
    for (let attempt = 1; !signal.aborted; attempt += 1) {
      const before = this.moves;
      try {
        await replayKnown(this.source, this.subscription);
        await this.consume(signal);
      } catch (error) {
        if (signal.aborted || error instanceof Stopped) return;
        this.source.onError?.(consumer, error);
        if (this.moves > before) attempt = 1;
        await backOff(attempt, settingsOf(this.source), signal).catch(() => undefined);
      }
    }
  }

  /** On progress, not on heartbeats: a consumer can be in its group, and answer, and hear nothing. */
  private async watch(): Promise<void> {
    const { deafAfterMs } = settingsOf(this.source);
    const { signal } = this.closed;
    for (let before = this.moves; !signal.aborted; before = this.moves) {
      await pause(deafAfterMs, undefined, { signal, ref: false }).catch(() => undefined);
      const behind = await this.isBehind().catch(() => false);
      if (signal.aborted || this.moves > before || !behind) continue;
      count(metricNames.consumerRestarts, 1, { consumer: this.subscription.consumer });
      this.source.onError?.(
        this.subscription.consumer,
        new Error(`nothing moved for ${deafAfterMs} ms: it starts anew`),
      );
      this.run.controller.abort();
      this.begin();
    }
  }
}
