import { knownToContracts } from './effect.ts';
import { describeFault } from './fault.ts';
import { inTransaction } from './in-transaction.ts';
import { firstWaiting, parkStream, takeOut } from './parked.ts';
import type { Source } from './source.ts';
import type { Delivery, Subscription } from './subscription.ts';

export type Parked = Readonly<{
  consumer: string;
  stream: string;
  cause: 'failed' | 'unknown-type';
  error: string;
  attempts: number;
  parkedAt: string;
  /** Of the events that wait; the first is the one that failed. */
  positions: readonly number[];
}>;

/** Who does it, and why; both are kept. */
export type By = Readonly<{ actor: string; reason: string }>;

/** What people do about a stream that a consumer could not go on with. */
export type Parking = Readonly<{
  parked: () => Promise<readonly Parked[]>;
  /** Whether there is a consumer of this name; `replay` MUST NOT be asked about another. */
  knows: (consumer: string) => boolean;
  /** Tries what waits again, in order, until something fails. Answers how many had their effect and how many still wait. */
  replay: (consumer: string, stream: string, by: By) => Promise<Readonly<{ replayed: number; waiting: number }>>;
  /** Leaves the effect of one waiting event out, for ever: a rebuild leaves it out too. False when it does not wait. */
  skip: (consumer: string, position: number, by: By) => Promise<boolean>;
}>;

const LIST = `
  SELECT parked.*, ARRAY (
    SELECT position::text FROM parked_events AS waiting
    WHERE (waiting.consumer, waiting.stream) = (parked.consumer, parked.stream) ORDER BY waiting.position
  ) AS positions
  FROM parked_streams AS parked WHERE consumer = ANY ($1) ORDER BY parked_at, stream`;

type Row = Readonly<{
  consumer: string;
  stream: string;
  cause: Parked['cause'];
  error: string;
  attempts: number;
  parked_at: Date;
  positions: readonly string[];
}>;

export const parkingOf = (source: Source, subscriptions: readonly Subscription[]): Parking => ({
  knows: consumer => subscriptions.some(each => each.consumer === consumer),
  parked: () =>
    listed(
      source,
      subscriptions.map(({ consumer }) => consumer),
    ),
  replay: async (consumer, stream, by) => {
    const subscription = named(subscriptions, consumer);
    await source.pool.query('INSERT INTO replays (consumer, stream, actor, reason) VALUES ($1, $2, $3, $4)', [
      consumer,
      stream,
      by.actor,
      by.reason,
    ]);
    return replayStream(source, subscription, stream);
  },
  skip: (consumer, position, by) => skip(source, consumer, position, by),
});

/** What a build that has learned types does first: those that wait for one are tried again, by the consumer itself. */
export const replayKnown = async (source: Source, subscription: Subscription): Promise<void> => {
  const { consumer, knows = knownToContracts } = subscription;
  for (const { stream, cause, positions } of await listed(source, [consumer])) {
    const [first] = positions;
    if (cause !== 'unknown-type' || first === undefined || !knows((await eventAt(source, first)).type)) continue;
    const by = { actor: `process-${consumer}`, reason: 'this build knows the type' };
    await parkingOf(source, [subscription]).replay(consumer, stream, by);
  }
};

const listed = async ({ pool }: Source, consumers: readonly string[]): Promise<readonly Parked[]> => {
  const { rows } = await pool.query<Row>(LIST, [consumers]);
  return rows.map(({ parked_at, positions, ...row }) => ({
    ...row,
    parkedAt: parked_at.toISOString(),
    positions: positions.map(Number),
  }));
};

const replayStream = async (source: Source, subscription: Subscription, stream: string) => {
  let replayed = 0;
  for (let step: Step = 'overtaken'; step !== 'stopped'; step = await replayFirst(source, subscription, stream))
    if (step === 'replayed') replayed += 1;
  const { rows } = await source.pool.query<{ waiting: number }>(
    'SELECT count(*)::int AS waiting FROM parked_events WHERE (consumer, stream) = ($1, $2)',
    [subscription.consumer, stream],
  );
  return { replayed, waiting: rows[0]?.waiting ?? 0 };
};

/** `overtaken`: another replay or a skip was quicker, so what comes first is to be seen again. */
type Step = 'replayed' | 'overtaken' | 'stopped';

/** Gives the first event that waits its effect. */
const replayFirst = async (source: Source, subscription: Subscription, stream: string): Promise<Step> => {
  const { consumer, apply, knows = knownToContracts } = subscription;
  const [position] = (await listed(source, [consumer])).find(each => each.stream === stream)?.positions ?? [];
  if (position === undefined) return 'stopped';
  const event = await eventAt(source, position);
  if (!knows(event.type)) return 'stopped';
  try {
    const step = await inTransaction<Step>(source.pool, async client => {
      if ((await firstWaiting(client, consumer, stream)) !== position) return 'overtaken';
      await apply([event], client);
      await takeOut(client, consumer, stream, position);
      return 'replayed';
    });
    if (step === 'replayed') subscription.applied?.([event]);
    return step;
  } catch (error) {
    source.onError?.(consumer, error);
    await keepParked(source, consumer, stream, error);
    return 'stopped';
  }
};

const keepParked = ({ pool }: Source, consumer: string, stream: string, error: unknown): Promise<void> =>
  inTransaction(pool, async client => {
    const waits = (await firstWaiting(client, consumer, stream)) !== undefined;
    if (waits)
      await parkStream(client, consumer, stream, { cause: 'failed', error: describeFault(error), attempts: 1 });
  });

const WAITING_AT = 'SELECT stream FROM parked_events WHERE (consumer, position) = ($1, $2)';
const SKIP = `
  INSERT INTO skips (consumer, position, stream, actor, reason)
  SELECT consumer, position, stream, $3, $4 FROM parked_events WHERE (consumer, position) = ($1, $2)
  ON CONFLICT DO NOTHING`;

// The stream is locked before it is looked at: a rebuild that switches now has the last word on what waits.
const skip = ({ pool }: Source, consumer: string, position: number, by: By): Promise<boolean> =>
  inTransaction(pool, async client => {
    const [found] = (await client.query<{ stream: string }>(WAITING_AT, [consumer, position])).rows;
    if (!found) return false;
    await firstWaiting(client, consumer, found.stream);
    const { rowCount } = await client.query(SKIP, [consumer, position, by.actor, by.reason]);
    if (rowCount === 0) return false;
    await takeOut(client, consumer, found.stream, position);
    return true;
  });

const eventAt = async ({ store }: Source, position: number): Promise<Delivery> => {
  const [event] = await store.readLog(position - 1, 1);
  if (event?.position !== position) throw new Error(`the log has nothing at ${position}`);
  return event;
};

const named = (subscriptions: readonly Subscription[], consumer: string): Subscription => {
  const found = subscriptions.find(each => each.consumer === consumer);
  if (!found) throw new Error(`no consumer ${consumer} here`);
  return found;
};
