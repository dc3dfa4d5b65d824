import { categoryOf } from '@slipway/event-sourcing';
import type pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { LOG, type Place, placeOf, topicOf } from './place.ts';
import { checkpointOf, partitionCount, type Published, publishedIn } from './published.ts';
import type { KafkaSource, Source } from './source.ts';
import type { View } from './subscription.ts';

/** `parked`: it will not pass before a person acts. */
export type Passed = 'passed' | 'behind' | 'parked';

/** How far views are. */
export type Progress = Readonly<{
  /** The log position that a view shows: every event of its categories at or below it is applied, or parked and counted as such. */
  position: (view: View) => Promise<number>;
  /** Waits until a view has passed an event, be it sequenced by then or not. */
  waitFor: (view: View, event: Readonly<{ stream: string; version: number }>, timeoutMs: number) => Promise<Passed>;
  /** Waits until a view shows a position with nothing parked at or below it: for copies that decisions are taken on. */
  waitUntil: (view: View, position: number, timeoutMs: number) => Promise<Passed>;
}>;

export const progressOf = (source: Source): Progress => {
  // What was once shown stays true for as long as the log lives, and on Kafka less can be proved while a partition that was
  // idle catches up.
  const shown = new Map<string, number>();
  const position = async (view: View): Promise<number> => {
    const { position: now, incarnation } = await standingOf(source, view);
    const life = `${view.consumer} ${incarnation}`;
    const highest = Math.max(now, shown.get(life) ?? 0);
    shown.set(life, highest);
    return highest;
  };
  return {
    position,
    waitFor: (view, { stream, version }, timeoutMs) =>
      waited(timeoutMs, () => passedEvent(source, view, stream, version)),
    waitUntil: (view, wanted, timeoutMs) =>
      waited(timeoutMs, async () => {
        const isThere = (await position(view)) >= wanted; // first: what is parked meanwhile is not missed
        if (await isParked(source.pool, view.consumer, wanted)) return 'parked';
        return isThere ? 'passed' : 'behind';
      }),
  };
};

/** Whether anything published has not been handled. */
export const isBehind = async ({ pool, prefix }: KafkaSource, { consumer, categories }: View): Promise<boolean> => {
  const topics = categories.map(category => topicOf(prefix, category));
  const [published, marks] = await Promise.all([publishedIn(pool, topics), watermarks(pool, consumer)]);
  return published.some(each => each.last > marks.at(each));
};

type Shown = Readonly<{ position: number; incarnation: string }>;

const standingOf = async (source: Source, view: View): Promise<Shown> => {
  if (source.kind === 'kafka') return onKafka(source, view);
  const { at, incarnation } = await watermarks(source.pool, view.consumer);
  return { position: at(LOG), incarnation };
};

// The checkpoint is read first: whatever was published up to it stands in the rows that are read after it.
const onKafka = async ({ pool, prefix }: KafkaSource, { consumer, categories }: View): Promise<Shown> => {
  const topics = categories.map(category => topicOf(prefix, category));
  const checkpoint = await checkpointOf(pool, prefix);
  const published = await publishedIn(pool, topics);
  const { at, incarnation } = await watermarks(pool, consumer);
  return {
    position: Math.min(checkpoint, ...published.map(each => reached(each, at(each)) ?? checkpoint)),
    incarnation,
  };
};

/** Up to where a partition is done; undefined when all that was published to it is. An idle one holds nothing back. */
const reached = ({ last, first, before }: Published, mark: number): number | undefined => {
  if (mark >= last) return undefined;
  return mark >= before ? Math.max(mark, first - 1) : mark;
};

type Watermarks = Readonly<{ at: (place: Place) => number; incarnation: string }>;
type MarkRow = Readonly<{ topic: string; partition: number; position: string; incarnation: string }>;

/** Where a consumer has not begun, it will begin where it left the log. */
const watermarks = async (pool: pg.Pool, consumer: string): Promise<Watermarks> => {
  const { rows } = await pool.query<MarkRow>(
    'SELECT topic, partition, position, incarnation FROM watermarks WHERE consumer = $1',
    [consumer],
  );
  const rowAt = ({ topic, partition }: Place): MarkRow | undefined =>
    rows.find(row => row.topic === topic && row.partition === partition);
  return {
    at: place => Number((rowAt(place) ?? rowAt(LOG))?.position ?? 0),
    incarnation: rows[0]?.incarnation ?? '',
  };
};

const passedEvent = async (source: Source, view: View, stream: string, version: number): Promise<Passed> => {
  const { rows } = await source.pool.query<{ position: string | null }>(
    'SELECT store.position_of($1, $2) AS position',
    [stream, version],
  );
  const position = Number(rows[0]?.position ?? 0);
  if (position === 0) return 'behind';
  const isThere = (await reachedBy(source, view, stream)) >= position;
  if (await isParked(source.pool, view.consumer, position, stream)) return 'parked';
  return isThere ? 'passed' : 'behind';
};

/** How far the view is where this stream lies; for a stream that it does not read: how far it is at all. */
const reachedBy = async (source: Source, view: View, stream: string): Promise<number> => {
  if (source.kind === 'log' || !view.categories.includes(categoryOf(stream)))
    return (await standingOf(source, view)).position;
  const { pool, prefix } = source;
  const published = await publishedIn(pool, [topicOf(prefix, categoryOf(stream))]);
  if (published.length === 0) return 0;
  const { at } = await watermarks(pool, view.consumer);
  return at(placeOf(prefix, stream, topic => partitionCount(published, topic)));
};

const isParked = async (pool: pg.Pool, consumer: string, position: number, stream?: string): Promise<boolean> => {
  const { rowCount } = await pool.query(
    'SELECT FROM parked_events WHERE consumer = $1 AND position <= $2 AND ($3::text IS NULL OR stream = $3) LIMIT 1',
    [consumer, position, stream ?? null],
  );
  return rowCount === 1;
};

const waited = async (timeoutMs: number, ask: () => Promise<Passed>): Promise<Passed> => {
  const until = performance.now() + timeoutMs;
  for (let restMs = 5; ; restMs = Math.min(50, restMs * 1.5)) {
    const answer = await ask();
    const left = until - performance.now();
    if (answer !== 'behind' || left <= 0) return answer;
    await pause(Math.min(restMs, left));
  }
};
