import type { Delivery } from '@slipway/consumers';
import type pg from 'pg';
import { type Fact, factOf } from '../facts/facts.ts';
import { aboutsOf, servicesReached } from './reach-table.ts';
import { reachesAll } from './reach.ts';

/** A fact that a figure may follow from. */
export type Cause = Readonly<{ stream: string; version: number; type: string; position: number }>;
/** A threshold whose figure may be another one since these positions. */
export type Touch = Readonly<{ id: string; first: number; last: number; causes: readonly Cause[] }>;
type Watcher = Readonly<{ id: string; about: string }>;
type Placed = Readonly<{ fact: Fact; position: number }>;

/** As many causes as a threshold keeps until it is judged, the last ones. */
export const MOST_CAUSES = 20;

const WATCHERS = `
  SELECT id, (terms -> 'about' ->> 'kind') || '-' || (terms -> 'about' ->> 'id') AS about FROM threshold_watch_v1`;

/** Which thresholds a batch of facts touches. What the facts reach is kept on the way. */
export const touchesOf = async (client: pg.ClientBase, events: readonly Delivery[]): Promise<readonly Touch[]> => {
  const placed = events.flatMap(event => {
    const fact = factOf(event);
    return fact ? [{ fact, position: event.position }] : [];
  });
  if (placed.length === 0) return [];
  const reached = await servicesReached(
    client,
    placed.map(({ fact }) => fact),
  );
  const { rows: watchers } = await client.query<Watcher>(WATCHERS);
  if (watchers.length === 0) return [];
  const services = [...new Set(placed.flatMap(({ fact }) => reached(fact.stream)))];
  const abouts = await aboutsOf(client, services);
  const reaching = placed.map(each => ({
    cause: causeOf(each),
    all: reachesAll(each.fact),
    abouts: new Set(reached(each.fact.stream).flatMap(abouts)),
  }));
  return watchers.flatMap(({ id, about }) => {
    const causes = reaching.filter(each => each.all || each.abouts.has(about)).map(({ cause }) => cause);
    return causes.length === 0 ? [] : [touchBy(id, causes)];
  });
};

const causeOf = ({ fact: { stream, version, type }, position }: Placed): Cause => ({ stream, version, type, position });

const touchBy = (id: string, causes: readonly Cause[]): Touch => {
  const [first, last] = [causes[0]!, causes.at(-1)!];
  return { id, first: first.position, last: last.position, causes: causes.slice(-MOST_CAUSES) };
};

const TOUCH = `
  INSERT INTO threshold_evaluations_v1 AS known (id, first_touched, last_touched, waiting_since, causes)
  SELECT id, first, last, clock_timestamp(), causes
  FROM unnest($1::text[], $2::bigint[], $3::bigint[], $4::jsonb[]) AS touched (id, first, last, causes)
  ON CONFLICT (id) DO UPDATE SET
    first_touched = coalesce(known.first_touched, excluded.first_touched),
    last_touched = greatest(known.last_touched, excluded.last_touched),
    waiting_since = coalesce(known.waiting_since, excluded.waiting_since),
    causes = (
      SELECT coalesce(jsonb_agg(cause ORDER BY nth), '[]')
      FROM (
        SELECT cause, nth FROM jsonb_array_elements(known.causes || excluded.causes) WITH ORDINALITY AS all_of (cause, nth)
        ORDER BY nth DESC LIMIT ${MOST_CAUSES}
      ) AS latest
    )`;

/** From now on they wait to be judged. */
export const touch = async (client: pg.ClientBase, touches: readonly Touch[]): Promise<void> => {
  if (touches.length === 0) return;
  await client.query(TOUCH, [
    touches.map(({ id }) => id),
    touches.map(({ first }) => first),
    touches.map(({ last }) => last),
    touches.map(({ causes }) => JSON.stringify(causes)),
  ]);
};
