import { upcast as upcastByContracts } from '@slipway/contracts';
import { categoryOf, type Message } from '@slipway/event-sourcing';
import { count, inSpan, metricNames, milliseconds, outsideTraces } from '@slipway/telemetry';
import DataLoader from 'dataloader';
import { LRUCache } from 'lru-cache';
import type pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { refuseStreams, type WrittenEvent, written } from './admission.ts';
import type { AppendHint } from './append-hint.ts';
import { intArray, jsonArray, textArray, uuidArray } from './binary-arrays.ts';
import {
  type Check,
  type EventStore,
  type Expectation,
  Overloaded,
  type SequencedEvent,
  type StoredEvent,
  type Stream,
  type StreamAppend,
} from './event-store.ts';
import { exactVersion, expectationCode } from './expectations.ts';
import { type Commit, GroupCommit } from './group-commit.ts';
import { surviveLostConnections } from './lost-connections.ts';
import { appendError, away, queryError } from './postgres-errors.ts';
import { type EventRow, eventsIn, type EventsRow, storedEvent, type Upcast } from './stored-event.ts';

type LogRow = EventRow & Readonly<{ position: string; sequenced_at: Date }>;

/** The functions of schema `store`. Its pool must connect as the role of a service, whose rights it has. */
export class PostgresEventStore implements EventStore {
  readonly #pool: pg.Pool;
  readonly #hint: AppendHint | undefined;
  readonly #upcast: Upcast;
  // The same for ever once given.
  readonly #numbers = new LRUCache<string, string>({ max: 10_000 });
  readonly #group = new GroupCommit(batch => outsideTraces(() => this.#call(APPEND_EACH, batchValues(batch))));

  // Reads that wait at the same moment share calls; nothing is remembered of what they read.
  readonly #reads = new DataLoader<Wanted, Promise<Stream>>(
    async wanted => outsideTraces(() => this.#readEach(wanted)),
    { cache: false, maxBatchSize: MOST_READS_A_CALL, batchScheduleFn: call => void setImmediate(call) },
  );
  #eventsARead = 1;

  // So do new records that are numbered at the same moment.
  readonly #numbering = new DataLoader<Numbered, string>(
    async wanted => outsideTraces(() => this.#numberEach(wanted)),
    {
      cache: false,
      maxBatchSize: MOST_NUMBERS_A_CALL,
      batchScheduleFn: call => void setImmediate(call),
    },
  );

  constructor(pool: pg.Pool, hint?: AppendHint, upcast: Upcast = upcastByContracts) {
    this.#pool = pool;
    this.#hint = hint;
    this.#upcast = upcast;
    surviveLostConnections(pool);
  }

  async read<Event extends Message>(stream: string, from = 1): Promise<Stream<Event>> {
    const read = await inSpan(`read ${categoryOf(stream)}`, { stream }, () => this.#reads.load({ stream, from }));
    return read as Stream<Event>;
  }

  async append(appends: readonly StreamAppend[], checks: readonly Check[] = []): Promise<ReadonlyMap<string, number>> {
    refuseStreams(appends);
    const started = performance.now();
    const [first] = appends;
    const versions = await inSpan(
      `append ${first ? categoryOf(first.stream) : 'nothing'}`,
      first ? { stream: first.stream } : {},
      () => this.#append(appends.map(keptForm), checks),
    );
    this.#hint?.appended();
    for (const { stream, events } of appends)
      count(metricNames.appendCount, events.length, { category: categoryOf(stream) });
    milliseconds(metricNames.appendDuration, performance.now() - started);
    return new Map(appends.map(({ stream }, index) => [stream, versions[index] ?? 0]));
  }

  async number(stream: string, prefix: string): Promise<string> {
    return this.#numbering.load({ stream, prefix });
  }

  async numbered(number: string): Promise<string | undefined> {
    const rows = await this.#rows<{ stream: string | null }>('numbered', 'SELECT store.numbered($1) AS stream', [
      number,
    ]);
    return rows[0]?.stream ?? undefined;
  }

  async numbersOf(streams: readonly string[]): Promise<ReadonlyMap<string, string>> {
    type Row = { stream: string; number: string };
    const known = streams.flatMap(stream => {
      const number = this.#numbers.get(stream);
      return number === undefined ? [] : [{ stream, number }];
    });
    const numbers = new Map(known.map(({ stream, number }) => [stream, number]));
    const others = streams.filter(stream => !numbers.has(stream));
    if (others.length === 0) return numbers;
    for (const { stream, number } of await this.#rows<Row>('numbers-of', NUMBERS_OF, [others])) {
      numbers.set(stream, number);
      this.#numbers.set(stream, number);
    }
    return numbers;
  }

  async readLog(after: number, limit: number, categories?: readonly string[]): Promise<readonly SequencedEvent[]> {
    return this.#log('read-log', 'SELECT * FROM store.read_log($1, $2, $3)', [after, limit, categories ?? null]);
  }

  /** The log after one position and up to another: for who reads several stretches at the same time. */
  async readStretch(after: number, through: number, categories: readonly string[]): Promise<readonly SequencedEvent[]> {
    return this.#log('read-stretch', 'SELECT * FROM store.read_stretch($1, $2, $3)', [after, through, categories]);
  }

  async head(): Promise<number> {
    const rows = await this.#rows<{ head: string }>('head', 'SELECT store.head()', []);
    return Number(rows[0]?.head);
  }

  /** Throws `Overloaded` when the sequencer does not get there in time. */
  async settledHead(timeoutMs: number): Promise<number> {
    const deadline = performance.now() + timeoutMs;
    let bound: string | null = null;
    for (;;) {
      const [settled]: readonly Settled[] = await this.#rows<Settled>('settled', 'SELECT * FROM store.settled($1)', [
        bound,
      ]);
      if (!settled?.waiting) return Number(settled?.head);
      if (performance.now() >= deadline) throw new Overloaded('what was committed has not been sequenced in time');
      bound ??= settled.waiting;
      await pause(SETTLE_POLL_MS);
    }
  }

  // What names one stream and its version is merged with what else waits; the rest goes alone.
  async #append(appends: readonly KeptAppend[], checks: readonly Check[]): Promise<readonly (number | null)[]> {
    const [first] = appends;
    const expect = first && appends.length === 1 && checks.length === 0 ? exactVersion(first.expect) : undefined;
    if (first && expect !== undefined && first.events.length > 0)
      return [await this.#group.commit({ stream: first.stream, expect, events: first.events })];
    return this.#call(APPEND, appendValues(appends, checks));
  }

  // A call runs on one core of the server, and its answer is read in one piece: long streams go side by side.
  #readEach(wanted: readonly Wanted[]): Promise<Stream>[] {
    const together = Math.max(1, Math.floor(EVENTS_A_CALL / this.#eventsARead));
    const calls = Math.ceil(wanted.length / together);
    return Array.from({ length: calls }, (_, nth) => wanted.slice(nth * together, (nth + 1) * together)).flatMap(
      some => {
        const streams = this.#readAll(some);
        return some.map(async (_, index) => (await streams)[index] ?? { version: 0, events: [] });
      },
    );
  }

  // One that is refused fails its own caller only.
  async #numberEach(wanted: readonly Numbered[]): Promise<(string | Error)[]> {
    try {
      const values = [wanted.map(({ stream }) => stream), wanted.map(({ prefix }) => prefix)];
      const rows = await this.#rows<{ number: string }>('number-each', NUMBER_EACH, values);
      return wanted.map((_, nth) => rows[nth]?.number ?? '');
    } catch (error) {
      if (wanted.length === 1) return [error as Error];
      return (await Promise.all(wanted.map(each => this.#numberEach([each])))).flat();
    }
  }

  async #readAll(wanted: readonly Wanted[]): Promise<readonly Stream[]> {
    const values = [textArray(wanted.map(({ stream }) => stream)), intArray(wanted.map(({ from }) => from))];
    const rows = await this.#rows<EventsRow>('read-events', READ_EVENTS, values);
    const streams = wanted.map(() => ({ version: 0, events: [] as StoredEvent[] }));
    for (const row of rows) {
      const [read, asked] = [streams[row.nth - 1], wanted[row.nth - 1]];
      if (!read || !asked) continue;
      read.version = row.stream_version;
      read.events.push(...eventsIn(row, asked.stream, this.#upcast));
    }
    const seen = streams.reduce((sum, { events }) => sum + events.length, 0) / streams.length;
    this.#eventsARead += (seen - this.#eventsARead) * LEARNING;
    return streams;
  }

  async #call({ name, text }: Call, values: readonly unknown[]): Promise<readonly (number | null)[]> {
    const client = await this.#pool.connect().catch((error: unknown) => Promise.reject(away(error)));
    let broken: Error | undefined;
    try {
      const { rows } = await client.query<{ versions: (number | null)[] }>({ name, text, values: [...values] });
      return rows[0]?.versions ?? [];
    } catch (error) {
      const meaning = appendError(error);
      if (meaning instanceof Error && meaning.name === 'OutcomeUnknown') broken = meaning;
      throw meaning;
    } finally {
      client.release(broken);
    }
  }

  async #log(name: string, text: string, values: readonly unknown[]): Promise<readonly SequencedEvent[]> {
    const rows = await this.#rows<LogRow>(name, text, values);
    return rows.map(row => ({
      ...storedEvent(row, this.#upcast),
      position: Number(row.position),
      sequencedAt: row.sequenced_at.toISOString(),
    }));
  }

  async #rows<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      const { rows } = await this.#pool.query<Row>({ name, text, values: [...values] });
      return rows;
    } catch (error) {
      throw queryError(error);
    }
  }
}

type Settled = Readonly<{ head: string; waiting: string | null }>;

type Wanted = Readonly<{ stream: string; from: number }>;

const MOST_READS_A_CALL = 64;
const EVENTS_A_CALL = 1_000;
// How much the last call counts in the mean length of what is read.
const LEARNING = 0.1;

const SETTLE_POLL_MS = 2;

const READ_EVENTS = 'SELECT * FROM store.read_events($1, $2)';

type Numbered = Readonly<{ stream: string; prefix: string }>;

const MOST_NUMBERS_A_CALL = 256;

const NUMBER_EACH = 'SELECT number FROM store.number_each($1, $2) AS number';

const NUMBERS_OF = 'SELECT * FROM store.numbers_of($1)';

type Call = Readonly<{ name: string; text: string }>;

const APPEND: Call = { name: 'append', text: 'SELECT store.append($1, $2, $3, $4, $5, $6, $7, $8, $9) AS versions' };
const APPEND_EACH: Call = {
  name: 'append-each',
  text: 'SELECT store.append_each($1, $2, $3, $4, $5, $6, $7, $8) AS versions',
};

type KeptAppend = Readonly<{ stream: string; expect: Expectation; events: readonly WrittenEvent[] }>;

const keptForm = ({ stream, expect, events }: StreamAppend): KeptAppend => ({
  stream,
  expect,
  events: events.map(written),
});

const appendValues = (appends: readonly KeptAppend[], checks: readonly Check[]): readonly unknown[] => {
  const checked = checks.filter(({ expect }) => expect !== 'any');
  return [
    textArray(appends.map(({ stream }) => stream)),
    intArray(appends.map(({ expect }) => expectationCode(expect))),
    intArray(appends.map(append => append.events.length)),
    textArray(checked.map(({ stream }) => stream)),
    intArray(checked.map(({ expect }) => expectationCode(expect))),
    ...eventValues(appends),
  ];
};

const batchValues = (batch: readonly Commit[]): readonly unknown[] => [
  textArray(batch.map(({ stream }) => stream)),
  intArray(batch.map(({ expect }) => expect)),
  intArray(batch.map(({ events }) => events.length)),
  batch.filter(({ expect }) => expect === 0).length,
  ...eventValues(batch),
];

const eventValues = (of: readonly Readonly<{ events: readonly WrittenEvent[] }>[]): readonly unknown[] => {
  const events = of.flatMap(each => each.events);
  return [
    uuidArray(events.map(({ id }) => id)),
    textArray(events.map(({ type }) => type)),
    jsonArray(events.map(({ data }) => data)),
    jsonArray(events.map(({ envelope }) => envelope)),
  ];
};
