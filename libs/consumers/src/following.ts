import { categories, eventTypes } from '@slipway/contracts';
import type { EventStore, SequencedEvent } from '@slipway/event-store';
import { categoryOf } from '@slipway/event-sourcing';
import type { LogHints } from './log-hints.ts';

/** Which events: of these types, of this stream, of this category; all that are not said are all. */
export type Wanted = Readonly<{ types?: readonly string[]; subject?: string; category?: string }>;
/** Events after a position that are wanted, and the position up to which there are no others. */
export type Followed = Readonly<{ events: readonly SequencedEvent[]; through: number }>;

const READ_AT_ONCE = 1_000;
// One question looks at so much of the log: a rare event takes several, each of which says where to go on.
const MOST_READ = 20_000;

/** Reads the log forward from a position: at most `limit` events, and never more than a stretch of the log at once. */
export const following = async (
  store: Pick<EventStore, 'readLog' | 'head'>,
  after: number,
  limit: number,
  wanted: Wanted,
): Promise<Followed> => {
  const isWanted = wantedBy(wanted);
  const from = categoriesOf(wanted);
  const events: SequencedEvent[] = [];
  let through = after;
  for (let read = 0; read < MOST_READ;) {
    const head = await store.head();
    const batch = await store.readLog(through, READ_AT_ONCE, from);
    for (const event of batch) {
      through = event.position;
      if (isWanted(event)) events.push(event);
      if (events.length === limit) return { events, through };
    }
    if (batch.length < READ_AT_ONCE) return { events, through: Math.max(through, head) };
    read += batch.length;
  }
  return { events, through };
};

/** The same, waiting for the first one when there is none. Answers none when the time is over or the signal came. */
export const followingFor = async (
  store: Pick<EventStore, 'readLog' | 'head'>,
  hints: LogHints,
  {
    after,
    limit,
    waitMs,
    signal,
    ...wanted
  }: Wanted & Readonly<{ after: number; limit: number; waitMs: number; signal: AbortSignal }>,
): Promise<Followed> => {
  const until = performance.now() + waitMs;
  let followed = await following(store, after, limit, wanted);
  for (;;) {
    const leftMs = until - performance.now();
    if (followed.events.length > 0 || leftMs <= 0 || signal.aborted) return followed;
    await hints.next(Math.min(leftMs, LOOK_EVERY_MS), signal);
    followed = await following(store, followed.through, limit, wanted);
  }
};

// A hint may get lost.
const LOOK_EVERY_MS = 1_000;

const wantedBy = ({ types, subject }: Wanted) => {
  const named = types && new Set(types);
  return ({ type, stream }: SequencedEvent): boolean =>
    (named === undefined || named.has(type)) && (subject === undefined || stream === subject);
};

const categoriesOf = ({ types, subject, category }: Wanted): readonly string[] => {
  if (subject !== undefined) return [categoryOf(subject)];
  if (category !== undefined) return [category];
  if (types) return [...new Set(types.flatMap(type => eventTypes.get(type)?.category.name ?? []))];
  return categories.map(({ name }) => name);
};
