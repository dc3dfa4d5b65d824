import { metricNames } from '@slipway/telemetry';
import { backOff } from './back-off.ts';
import { giveEffect } from './effect.ts';
import { describeFault, isPassing } from './fault.ts';
import { inRepeatableTransaction } from './in-transaction.ts';
import { type Fault, parkStream, queueBehind } from './parked.ts';
import type { Place } from './place.ts';
import { type Source, settingsOf } from './source.ts';
import type { Delivery, Subscription } from './subscription.ts';
import { count } from './telemetry.ts';
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

/**
 * Gives each event its effect exactly once: the effect and the watermark are one transaction. A batch that fails is halved
 * until the event that does it stands alone; that one is tried again, then its stream is parked and the rest goes on. While
 * the database is away it waits. Answers whether the batch went in one piece.
 * Throws `Overtaken` when another instance was first, `Stopped` when the signal came.
 */
export const deliver = async (receiver: Receiver, batch: Batch): Promise<boolean> => {
  try {
    await whileAway(receiver, () => commit(receiver, batch));
    return true;
  } catch (error) {
    const [first] = batch.events;
    if (error instanceof Overtaken || receiver.signal.aborted || !first) throw error;
    if (batch.events.length === 1) await insist(receiver, batch, first);
    else for (const half of halvesOf(batch)) await deliver(receiver, half);
    return false;
  }
};

const halvesOf = (batch: Batch): readonly Batch[] => {
  const middle = batch.events.length >> 1;
  const [first, second] = [batch.events.slice(0, middle), batch.events.slice(middle)];
  const between = first.at(-1)?.position ?? batch.from;
  return [
    { ...batch, through: between, events: first },
    { ...batch, from: between, events: second },
  ];
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
  const { consumer, skipsOf = consumer } = subscription;
  const live = await inRepeatableTransaction(source.pool, async client =>
    giveEffect(
      client,
      subscription,
      batch.events,
      await moveWatermark(client, { consumer, skipsOf, ...batch }, batch.events),
    ),
  );
  if (live.length > 0) count(metricNames.consumerHandled, live.length, { consumer });
  subscription.applied?.(live);
};

const commitParked = (
  { source, subscription: { consumer } }: Receiver,
  single: Batch,
  event: Delivery,
  fault: Fault,
): Promise<void> =>
  inRepeatableTransaction(source.pool, async client => {
    await moveWatermark(client, { consumer, skipsOf: consumer, ...single }, []);
    await parkStream(client, consumer, event.stream, fault);
    await queueBehind(client, consumer, [event]);
  });
