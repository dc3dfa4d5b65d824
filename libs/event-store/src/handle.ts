import { categoryNamed } from '@slipway/contracts';
import { count, metricNames } from '@slipway/telemetry';
import {
  categoryOf,
  type Decision,
  fold,
  isRejection,
  type Message,
  type Rejection,
  reject,
  type Stamped,
} from '@slipway/event-sourcing';
import { setTimeout as pause } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import {
  type Check,
  type EventStore,
  type NewEvent,
  OutcomeUnknown,
  Overloaded,
  type StoredEvent,
  type Stream,
  type StreamAppend,
  VersionConflict,
} from './event-store.ts';

// Methods, so that a decider of any union fits.
export type AnyDecider = Readonly<{
  initialState: unknown;
  decide(command: Stamped<Message>, state: unknown): Decision<Message, string>;
  evolve(state: unknown, event: Message): unknown;
}>;

/** One decision of one stream. A command that concerns several streams is several of these in one append. */
export type Task = Readonly<{ stream: string; command: Stamped<Message>; decider: AnyDecider }>;

export type Request = Readonly<{
  /** Decided first: its stream is the home stream of the key. */
  home: Task;
  /** Decided together with it: all are appended, or none. */
  others?: readonly Task[];
  /** Read, not written, and must not have moved. */
  checks?: readonly Check[];
  /** SHA-256 hex of actor, operation, target and the client's key. */
  key: string;
  /** SHA-256 hex of what the client sent. */
  request: string;
  /** The version that the client saw of the home stream (`If-Match`). */
  expected?: number;
  correlationId: string;
  causationId?: string;
  traceparent?: string;
}>;

/** `events` is the home stream up to `version`, which is how the record was when the command had its effect. */
export type Done<Event extends Message = Message> = Readonly<{
  stream: string;
  version: number;
  events: Stream<Event>['events'];
  /** This key had its effect before; this is the first answer again. */
  replayed: boolean;
}>;

export type Outcome = Done | Rejection;

const ATTEMPTS = 10;

const settlePause = (attempt: number): number => Math.min(10 * 2 ** attempt, 500);

/**
 * load, fold, decide, append: the only road to the store. A lost race is decided again on what is there now; so is an append
 * whose answer got lost, after a look for its key. Throws what the store throws; `OutcomeUnknown` after about three seconds.
 * Rejections of its own: `idempotency-key-reused`, `stale-version`, `contention`.
 */
export const handle = async (store: EventStore, request: Request): Promise<Outcome> => {
  let unknown: Error | undefined;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    try {
      return await attemptOnce(store, request);
    } catch (error) {
      if (error instanceof OutcomeUnknown) unknown = error;
      if (error instanceof VersionConflict)
        count(metricNames.appendConflicts, 1, { category: categoryOf(request.home.stream) });
      // Only an outcome that we do not know is worth waiting for a database that is away.
      const again = error instanceof VersionConflict || unknown === error || (unknown && error instanceof Overloaded);
      if (!again) throw error;
      await pause(unknown ? settlePause(attempt) : Math.random() * attempt);
    }
  }
  if (unknown) throw unknown;
  return reject('contention', `${request.home.stream} is written by too many at once; try again`);
};

const attemptOnce = async (store: EventStore, request: Request): Promise<Outcome> => {
  const { home, others = [], checks = [] } = request;
  const stream = await store.read(home.stream);
  const before = answered(stream, request);
  if (before) return before;
  if (request.expected !== undefined && request.expected !== stream.version)
    return reject(
      'stale-version',
      `The record is at version ${stream.version}, not ${request.expected}: read it again.`,
    );
  const loaded = [{ task: home, stream }, ...(await Promise.all(others.map(task => load(store, task))))];
  const appends: StreamAppend[] = [];
  for (const { task, stream: at } of loaded) {
    const decision = task.decider.decide(task.command, fold(task.decider, at.events));
    if (isRejection(decision)) return decision;
    if (decision.length > 0)
      appends.push({
        stream: task.stream,
        expect: at.version || 'no-stream',
        events: decision.map(event => enveloped(event, request)),
      });
  }
  if (appends.length === 0)
    return { stream: home.stream, version: stream.version, events: stream.events, replayed: false };
  await numberNewStreams(store, appends);
  const sent = keyed(appends, request);
  await store.append(sent, checks);
  const events = [...stream.events, ...storedIn(home.stream, stream.version, sent)];
  return { stream: home.stream, version: events.length, events, replayed: false };
};

// As reading the stream again would give them.
const storedIn = (stream: string, version: number, sent: readonly StreamAppend[]): readonly StoredEvent[] =>
  (sent.find(append => append.stream === stream)?.events ?? []).map(({ envelope, type, data, id }, index) => ({
    type,
    data: JSON.parse(JSON.stringify(data)) as object,
    ...envelope,
    id,
    stream,
    version: version + index + 1,
  }));

const load = async (store: EventStore, task: Task): Promise<{ task: Task; stream: Stream }> => ({
  task,
  stream: await store.read(task.stream),
});

/** The answer that this key already had, if it had one. */
const answered = ({ events }: Stream, { home, key, request }: Request): Outcome | undefined => {
  const first = events.findIndex(event => event.key === key);
  if (first < 0) return undefined;
  if (events[first]?.request !== request)
    return reject('idempotency-key-reused', 'This idempotency key came before, with another request.');
  const next = events.findIndex((event, index) => index > first && event.key !== undefined);
  const version = next < 0 ? events.length : next;
  return { stream: home.stream, version, events: events.slice(0, version), replayed: true };
};

const enveloped = (event: Message, { correlationId, causationId, traceparent }: Request): NewEvent => ({
  ...event,
  id: uuidv7(),
  envelope: { correlationId, ...(causationId && { causationId }), ...(traceparent && { traceparent }) },
});

// Every append is keyed on the first event of each stream, so that `answered` sees where an effect ends.
const keyed = (appends: readonly StreamAppend[], { key, request }: Request): StreamAppend[] =>
  appends.map(append => ({
    ...append,
    events: append.events.map((event, index) =>
      index === 0 ? { ...event, envelope: { ...event.envelope, key, request } } : event,
    ),
  }));

const numberNewStreams = async (store: EventStore, appends: readonly StreamAppend[]): Promise<void> => {
  for (const { stream, expect } of appends) {
    const prefix = expect === 'no-stream' ? categoryNamed(categoryOf(stream))?.prefix : undefined;
    if (prefix) await store.number(stream, prefix);
  }
};
