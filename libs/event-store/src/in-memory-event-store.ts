import { upcast as upcastByContracts } from '@slipway/contracts';
import { categoryOf, type Message } from '@slipway/event-sourcing';
import { refuseStreams, written, type WrittenEvent } from './admission.ts';
import {
  type Check,
  type EventStore,
  type SequencedEvent,
  type Stream,
  type StreamAppend,
  VersionConflict,
} from './event-store.ts';
import { meets } from './expectations.ts';
import { type EventRow, storedEvent, type Upcast } from './stored-event.ts';

type Kept = Readonly<{ stream: string; version: number; event: WrittenEvent; sequencedAt: string }>;

/** The model of the tests: what PostgreSQL does, in a few arrays. It knows no rights, and sequences at once. */
export class InMemoryEventStore implements EventStore {
  readonly #streams = new Map<string, Kept[]>();
  readonly #log: Kept[] = [];
  readonly #numbers = new Map<string, string>();
  readonly #lastNumbers = new Map<string, number>();
  readonly #upcast: Upcast;

  constructor(upcast: Upcast = upcastByContracts) {
    this.#upcast = upcast;
  }

  read<Event extends Message>(stream: string, from = 1): Promise<Stream<Event>> {
    const kept = this.#streams.get(stream) ?? [];
    const events = kept.slice(from - 1).map(each => storedEvent(rowOf(each), this.#upcast));
    return Promise.resolve({ events: events as unknown as Stream<Event>['events'], version: kept.length });
  }

  // Within one tick, so that nothing comes between check and append.
  // oxlint-disable-next-line require-await
  async append(appends: readonly StreamAppend[], checks: readonly Check[] = []): Promise<ReadonlyMap<string, number>> {
    refuseStreams(appends);
    const ready = appends.map(({ stream, events }) => ({ stream, events: events.map(written) }));
    for (const { stream, expect } of [...appends, ...checks])
      if (!meets(this.#versionOf(stream), expect)) throw new VersionConflict(stream);
    for (const { stream, events } of ready) for (const event of events) this.#keep(stream, event);
    return new Map(appends.map(({ stream }) => [stream, this.#versionOf(stream)]));
  }

  number(stream: string, prefix: string): Promise<string> {
    const given = this.#numbers.get(stream) ?? `${prefix}-${(this.#lastNumbers.get(prefix) ?? 0) + 1}`;
    if (!this.#numbers.has(stream)) {
      this.#numbers.set(stream, given);
      this.#lastNumbers.set(prefix, Number(given.slice(prefix.length + 1)));
    }
    return Promise.resolve(given);
  }

  numbered(number: string): Promise<string | undefined> {
    return Promise.resolve([...this.#numbers].find(([, given]) => given === number)?.[0]);
  }

  numbersOf(streams: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve(new Map([...this.#numbers].filter(([stream]) => streams.includes(stream))));
  }

  readLog(after: number, limit: number, categories?: readonly string[]): Promise<readonly SequencedEvent[]> {
    const found = this.#log
      .map((kept, index) => ({ kept, position: index + 1 }))
      .filter(({ kept, position }) => position > after && (!categories || categories.includes(categoryOf(kept.stream))))
      .slice(0, limit);
    return Promise.resolve(
      found.map(({ kept, position }) => ({
        ...storedEvent(rowOf(kept), this.#upcast),
        position,
        sequencedAt: kept.sequencedAt,
      })),
    );
  }

  head(): Promise<number> {
    return Promise.resolve(this.#log.length);
  }

  settledHead(): Promise<number> {
    return this.head();
  }

  #versionOf(stream: string): number {
    return this.#streams.get(stream)?.length ?? 0;
  }

  #keep(stream: string, event: WrittenEvent): void {
    const kept = { stream, version: this.#versionOf(stream) + 1, event, sequencedAt: new Date().toISOString() };
    this.#streams.set(stream, [...(this.#streams.get(stream) ?? []), kept]);
    this.#log.push(kept);
  }
}

const rowOf = ({ stream, version, event }: Kept): EventRow => ({
  stream,
  version,
  id: event.id,
  type: event.type,
  data: JSON.parse(event.data) as object,
  envelope: JSON.parse(event.envelope) as EventRow['envelope'],
});
