import type { Message, Recorded } from '@slipway/event-sourcing';

/** What the stream must be at: an exact version, not there, there, or anything. Keyed commands never use `any`. */
export type Expectation = number | 'no-stream' | 'stream-exists' | 'any';

/** Beside `data`; never seen by a decider. */
export type EventEnvelope = Readonly<{
  correlationId: string;
  causationId?: string;
  /** W3C trace context. */
  traceparent?: string;
  /** Of the command, on the first event that it appended: SHA-256 of actor, operation, target and key. */
  key?: string;
  /** SHA-256 of what the client sent. */
  request?: string;
}>;

/** `id` is a UUIDv7. */
export type NewEvent = Message & Readonly<{ id: string; envelope: EventEnvelope }>;

export type StoredEvent<Event extends Message = Message> = Recorded<Event> &
  Readonly<{ key?: string; request?: string }>;

export type StreamAppend = Readonly<{ stream: string; expect: Expectation; events: readonly NewEvent[] }>;

/** A stream that is read, not written: it must still be at this version. */
export type Check = Readonly<{ stream: string; expect: Expectation }>;

/** `version` is 0 when there is no such stream. */
export type Stream<Event extends Message = Message> = Readonly<{
  events: readonly StoredEvent<Event>[];
  version: number;
}>;

/** An event at its place in the one order of all. */
export type SequencedEvent = StoredEvent & Readonly<{ position: number; sequencedAt: string }>;

export interface EventStore {
  /** Events come upcast. `from` is a version, 1 by default. */
  read<Event extends Message>(stream: string, from?: number): Promise<Stream<Event>>;
  /**
   * All streams or none, in one transaction. Answers the new version of each.
   * Throws `VersionConflict` (an expectation failed), `Overloaded` (try again later), `AppendRefused` (rights, size),
   * `OutcomeUnknown` (read again).
   */
  append(appends: readonly StreamAppend[], checks?: readonly Check[]): Promise<ReadonlyMap<string, number>>;
  /** The human number of a stream, `CHG-34`: the same for ever after. Called before the first append. */
  number(stream: string, prefix: string): Promise<string>;
  /** The stream that has this number. */
  numbered(number: string): Promise<string | undefined>;
  /** The numbers of streams that have one. */
  numbersOf(streams: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The log after a position, in order, at most `limit`; of these categories, or of all. */
  readLog(after: number, limit: number, categories?: readonly string[]): Promise<readonly SequencedEvent[]>;
  /** The last position given, 0 when none. */
  head(): Promise<number>;
  /** A position at which everything that was committed before this call has been sequenced. Waits for it, bounded. */
  settledHead(timeoutMs: number): Promise<number>;
}

export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  readonly stream: string;

  constructor(stream: string) {
    super(`${stream} is not at the expected version`);
    this.stream = stream;
  }
}

/** The queue is full or the database is away: nothing was stored as far as we know. Try again after a while. */
export class Overloaded extends Error {
  override readonly name = 'Overloaded';
}

/** The answer of an append got lost: it was stored, or it was not. Reading the home stream again tells. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

/** PostgreSQL refused it: another service's category, or an event beyond its bounds. */
export class AppendRefused extends Error {
  override readonly name: string = 'AppendRefused';
}

/** An event beyond its bounds: the caller can send less. */
export class EventTooLarge extends AppendRefused {
  override readonly name = 'EventTooLarge';
}
