import { eventTypes } from '@slipway/contracts';
import { metricNames } from '@slipway/telemetry';
import { backOff } from './back-off.ts';
import { describeFault, isPassing } from './fault.ts';
import { inTransaction } from './in-transaction.ts';
import { type Fault, measureParked, parkStream, queueBehind } from './parked.ts';
import type { Place } from './place.ts';
import { type Source, settingsOf } from './source.ts';
import type { Delivery, Subscription } from './subscription.ts';
import { count } from './telemetry.ts';
import { triage } from './triage.ts';
import { moveWatermark, Overtaken } from './watermark.ts';

/** What stands still until the transport says go on. */
export type Receiver = Readonly<{
  source: Source;
  subscription: Subscription;
  /** Ends every wait. */
  signal: AbortSignal;
  /** Called while an event is tried again, so that the transport is not taken for dead. */
  pulse?: () => Promise<void>;
}>;

/** Everything of this place after `from` up to `through` that the subscription may want. */
export type Batch = Readonly<{
  place: Place;
  incarnation: string;
  from: number;
  through: number;
  events: readonly Delivery[];
}>;

export const knownToContracts = (type: string): boolean => eventTypes.has(type);

/**
 * Gives each event its effect exactly once: the effect and the watermark are one transaction. What fails is tried alone
 * and again; then its stream is parked and the rest goes on. While the database is away it waits.
 * Throws `Overtaken` when another instance was first, `Stopped` when the signal came.
 */
export const deliver = async (receiver: Receiver, batch: Batch): Promise<void> => {
  try {
    await whileAway(receiver, () => commit(receiver, batch));
  } catch (error) {
    if (error instanceof Overtaken || batch.events.length === 0) throw error;
    await oneByOne(receiver, batch);
  }
};

const oneByOne = async (receiver: Receiver, batch: Batch): Promise<void> => {
  let { from } = batch;
  for (const event of batch.events) {
    await insist(receiver, { ...batch, from, through: event.position, events: [event] }, event);
    from = event.position;
  }
  if (batch.through > from) await whileAway(receiver, () => commit(receiver, { ...batch, from, events: [] }));
};

const insist = async (receiver: Receiver, single: Batch, event: Delivery): Promise<void> => {
  const settings = settingsOf(receiver.source);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await whileAway(receiver, () => commit(receiver, single));
    } catch (error) {
      if (error instanceof Overtaken || receiver.signal.aborted) throw error;
      receiver.source.onError?.(receiver.subscription.consumer, error);
      if (attempt === settings.attempts) {
        const fault = { cause: 'failed', error: describeFault(error), attempts: attempt } as const;
        return whileAway(receiver, () => commitParked(receiver, single, event, fault));
      }
      await backOff(attempt, settings, receiver.signal, receiver.pulse);
    }
  }
};

/** Repeats for as long as it is the database, not the work, that fails. */
const whileAway = async (receiver: Receiver, work: () => Promise<void>): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || receiver.signal.aborted) throw error;
      receiver.source.onError?.(receiver.subscription.consumer, error);
      await backOff(attempt, settingsOf(receiver.source), receiver.signal, receiver.pulse);
    }
  }
};

const commit = async ({ source, subscription }: Receiver, batch: Batch): Promise<void> => {
  const { consumer, knows = knownToContracts } = subscription;
  const { live, toPark } = await inTransaction(source.pool, async client => {
    const { parked, skipped } = await moveWatermark(client, { consumer, ...batch }, batch.events);
    const sorted = triage(batch.events, { parked: new Set(parked), skipped: new Set(skipped), knows });
    for (const [stream, type] of sorted.toPark)
      await parkStream(client, consumer, stream, { cause: 'unknown-type', error: `unknown type ${type}`, attempts: 0 });
    await queueBehind(client, consumer, sorted.waiting);
    if (sorted.live.length > 0) await subscription.apply(sorted.live, client);
    return sorted;
  });
  if (live.length > 0) count(metricNames.consumerHandled, live.length, { consumer });
  if (toPark.size > 0) await measureParked(source.pool, consumer);
  subscription.applied?.();
};

const commitParked = async (
  { source, subscription: { consumer } }: Receiver,
  single: Batch,
  event: Delivery,
  fault: Fault,
): Promise<void> => {
  await inTransaction(source.pool, async client => {
    await moveWatermark(client, { consumer, ...single }, []);
    await parkStream(client, consumer, event.stream, fault);
    await queueBehind(client, consumer, [event]);
  });
  await measureParked(source.pool, consumer);
};
