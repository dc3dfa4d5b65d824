import type { Delivery } from '@slipway/consumers';
import type { SubscriptionEvent } from '@slipway/contracts';
import type { EventStore } from '@slipway/event-store';
import { idOf } from '@slipway/event-sourcing';
import type { Ask } from '@slipway/service';
import { UNKNOWN } from '../matching/subject.ts';
import { keepLetters, lettersFor } from './outbox.ts';
import { subjectsOf } from './subjects.ts';
import { subscriberNamed } from './subscribers.ts';

type ReplayRequested = Delivery<Extract<SubscriptionEvent, { type: 'ReplayRequested' }>>;

const REDELIVER = `
  WITH again AS (
    UPDATE deliveries_v1 SET state = 'waiting', failures = 0, next_at = clock_timestamp(), settled_at = NULL,
      lease = NULL, leased_until = NULL
    WHERE id = $2 AND subscription = $1
  )
  SELECT 1 AS again`;
const BEGIN = `
  WITH begun AS (
    INSERT INTO replays_v1 (event_id, subscription, position, through)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[]) ON CONFLICT DO NOTHING
  )
  SELECT 1 AS begun`;
const NEXT = `
  SELECT event_id AS "eventId", subscription, position::float8 AS position, through::float8 AS through
  FROM replays_v1 ORDER BY event_id LIMIT 1 FOR UPDATE SKIP LOCKED`;
const MOVE = `
  WITH moved AS (UPDATE replays_v1 SET position = $2 WHERE event_id = $1 AND $2 < through),
    ended AS (DELETE FROM replays_v1 WHERE event_id = $1 AND $2 >= through)
  SELECT 1 AS moved`;

/** The delivery goes out once more, under its id. One of another subscription stays as it is. */
export const redeliver = async (ask: Ask, subscription: string, delivery: string): Promise<void> => {
  await ask(REDELIVER, [subscription, delivery]);
};

export const beginReplays = async (ask: Ask, requested: readonly ReplayRequested[]): Promise<void> => {
  if (requested.length === 0) return;
  await ask(BEGIN, [
    requested.map(({ id }) => id),
    requested.map(({ stream }) => idOf(stream)),
    requested.map(({ data }) => data.afterPosition),
    requested.map(({ data }) => data.throughPosition),
  ]);
};

type Replay = Readonly<{ eventId: string; subscription: string; position: number; through: number }>;
const EVENTS_AT_ONCE = 500;

/**
 * Takes the next stretch of a replay, in the caller's transaction: what the filter as it is now matches goes out again, under the
 * ids that it had. Answers whether there was one.
 */
export const replayMore = async (ask: Ask, store: Pick<EventStore, 'readLog'>): Promise<boolean> => {
  const [replay] = await ask<Replay>(NEXT, []);
  if (!replay) return false;
  const { subscription, position, through } = replay;
  const read = await store.readLog(position, EVENTS_AT_ONCE);
  const events = read.filter(event => event.position <= through);
  const subscriber = await subscriberNamed(ask, subscription);
  const subjects = await subjectsOf(
    ask,
    events.map(({ stream }) => stream),
  );
  const letters = subscriber
    ? events.flatMap(event => lettersFor(event, subjects.get(event.stream) ?? UNKNOWN, [subscriber]).letters)
    : [];
  await keepLetters(ask, letters, true);
  const isAtEnd = read.length < EVENTS_AT_ONCE;
  await ask(MOVE, [replay.eventId, isAtEnd ? through : (read.at(-1)?.position ?? through)]);
  return true;
};
