import { metricNames } from '@slipway/telemetry';
import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { backOff, delayOf } from './back-off.ts';
import { describeFault } from './fault.ts';
import { firstOf } from './first-of.ts';
import { type DueInstruction, dueInstructions, type Pending, postpone, settle } from './instructions.ts';
import type { ProcessRunner } from './reacting.ts';
import { leading } from './leading.ts';
import { count, spanned } from './telemetry.ts';

export type CarriedOut = Readonly<{ done: true } | { rejected: string; reason: string }>;

/**
 * MUST be harmless to repeat under the same key. A rejection is an outcome and is recorded, but for `contention`, which
 * is tried again like whatever is thrown.
 */
export type CarryOut = (instruction: DueInstruction) => Promise<CarriedOut>;

export type Clock = () => Promise<Date>;

export type DispatcherOptions = Readonly<{
  /** One dispatcher of a service works at a time, in the whole database. */
  service: string;
  /** Of the service's role. One connection of it is held while this one leads. */
  pool: pg.Pool;
  carryOut: CarryOut;
  /** Whose commits are to be noticed at once. */
  processes?: ProcessRunner;
  /** Of timers; the database's own by default. */
  clock?: Clock;
  pollMs?: number;
  onError?: (error: unknown) => void;
}>;

export type Dispatcher = Readonly<{
  /** Look now: a given clock has moved. */
  wake: () => void;
  /** Lets what is in hand finish. */
  stop: () => Promise<void>;
}>;

const BATCH = 100;
const TARGETS_AT_ONCE = 8;
const DELAYS = { firstDelayMs: 100, longestDelayMs: 30_000 };

/** Carries out what processes wrote down, at least once each, and fires their timers, late ones too. */
export const startDispatcher = (options: DispatcherOptions): Dispatcher => {
  const stopped = new AbortController();
  const woken = new EventEmitter();
  let again = false;
  const wake = (): void => {
    again = true;
    woken.emit('wake');
  };
  options.processes?.onApplied(wake);

  const rest = async (): Promise<void> => {
    if (!again) await firstOf(woken, 'wake', options.pollMs ?? 500, stopped.signal);
  };
  const lead = (): Promise<boolean> =>
    leading(options.pool, `slipway-instructions-${options.service}`, async client => {
      while (!stopped.signal.aborted) {
        again = false;
        const found = await round(client, options, stopped.signal);
        if (!found) await rest();
      }
    });
  const keepLeading = async (): Promise<void> => {
    for (let attempt = 1; !stopped.signal.aborted; attempt += 1) {
      await lead().then(
        () => (attempt = 0),
        (error: unknown) => options.onError?.(error),
      );
      if (!stopped.signal.aborted)
        await backOff(Math.max(1, attempt), { firstDelayMs: 250, longestDelayMs: 2_000 }, stopped.signal).catch(
          () => undefined,
        );
    }
  };
  const ended = keepLeading();
  return {
    wake,
    stop: async () => {
      stopped.abort();
      await ended;
    },
  };
};

const round = async (client: pg.PoolClient, options: DispatcherOptions, signal: AbortSignal): Promise<boolean> => {
  const now = await options.clock?.();
  const pending = await dueInstructions(client, now, BATCH);
  const lanes = Map.groupBy(pending, ({ due }) => due.to);
  const queue = lanes.values();
  const work = async (): Promise<void> => {
    for (const lane of queue) await inOrder(lane, options, signal);
  };
  await Promise.all(Array.from({ length: TARGETS_AT_ONCE }, work));
  return pending.length > 0;
};

/** One target's, one after the other: the first that has to be tried again holds back the rest. */
const inOrder = async (lane: readonly Pending[], options: DispatcherOptions, signal: AbortSignal): Promise<void> => {
  for (const each of lane) if (signal.aborted || !(await carryOutOnce(each, options))) return;
};

const carryOutOnce = async (
  { due, attempts }: Pending,
  { pool, carryOut, onError }: DispatcherOptions,
): Promise<boolean> => {
  const attributes = { process: due.process };
  try {
    const outcome = await spanned(`${due.process} ${due.command.type}`, due.traceparent, () => carryOut(due));
    if ('rejected' in outcome && outcome.rejected === 'contention') throw new Error('contention');
    const settled =
      'rejected' in outcome
        ? ({ status: 'rejected', code: outcome.rejected, reason: outcome.reason } as const)
        : ({ status: 'done' } as const);
    await settle(pool, due.key, settled);
    count(metricNames.instructions, 1, { ...attributes, outcome: settled.status });
    return true;
  } catch (error) {
    onError?.(error);
    count(metricNames.instructions, 1, { ...attributes, outcome: 'failed' });
    await postpone(pool, due.key, describeFault(error), delayOf(attempts + 1, DELAYS));
    return false;
  }
};
