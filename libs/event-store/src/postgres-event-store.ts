import { upcast as upcastByContracts } from '@slipway/contracts';
import { categoryOf, type Message } from '@slipway/event-sourcing';
import { count, metricNames, milliseconds } from '@slipway/telemetry';
import type pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { refuseStreams, written } from './admission.ts';
import type { AppendHint } from './append-hint.ts';
import {
  type Check,
  type EventStore,
  Overloaded,
  type SequencedEvent,
  type Stream,
  type StreamAppend,
} from './event-store.ts';
import { expectationCode } from './expectations.ts';
import { surviveLostConnections } from './lost-connections.ts';
import { appendError, away, queryError } from './postgres-errors.ts';
import { type EventRow, storedEvent, type Upcast } from './stored-event.ts';

type StreamRow = Omit<EventRow, 'id' | 'stream'> & Readonly<{ stream_version: number; id: string | null }>;
type LogRow = EventRow & Readonly<{ position: string; sequenced_at: Date }>;

/** The functions of schema `store`. Its pool must connect as the role of a service, whose rights it has. */
export class PostgresEventStore implements EventStore {
  readonly #pool: pg.Pool;
  readonly #hint: AppendHint | undefined;
  readonly #upcast: Upcast;

  constructor(pool: pg.Pool, hint?: AppendHint, upcast: Upcast = upcastByContracts) {
    this.#pool = pool;
    this.#hint = hint;
    this.#upcast = upcast;
    surviveLostConnections(pool);
  }

  async read<Event extends Message>(stream: string, from = 1): Promise<Stream<Event>> {
    const rows = await this.#rows<StreamRow>('read-stream', 'SELECT * FROM store.read_stream($1, $2)', [stream, from]);
    const events = rows.flatMap(row =>
      row.id === null ? [] : [storedEvent({ ...row, stream, id: row.id }, this.#upcast)],
    );
    return { events: events as unknown as Stream<Event>['events'], version: rows[0]?.stream_version ?? 0 };
  }

  async append(appends: readonly StreamAppend[], checks: readonly Check[] = []): Promise<ReadonlyMap<string, number>> {
    refuseStreams(appends);
    const values = appendValues(appends, checks);
    const started = performance.now();
    const versions = await this.#send(values);
    this.#hint?.appended();
    for (const { stream, events } of appends)
      count(metricNames.appendCount, events.length, { category: categoryOf(stream) });
    milliseconds(metricNames.appendDuration, performance.now() - started);
    return new Map(appends.map(({ stream }, index) => [stream, versions[index] ?? 0]));
  }

  async number(stream: string, prefix: string): Promise<string> {
    const rows = await this.#rows<{ number: string }>('number', 'SELECT store.number($1, $2)', [stream, prefix]);
    return rows[0]?.number ?? '';
  }

  async numbered(number: string): Promise<string | undefined> {
    const rows = await this.#rows<{ stream: string | null }>('numbered', 'SELECT store.numbered($1) AS stream', [
      number,
    ]);
    return rows[0]?.stream ?? undefined;
  }

  async numbersOf(streams: readonly string[]): Promise<ReadonlyMap<string, string>> {
    type Row = { stream: string; number: string };
    const rows = await this.#rows<Row>('numbers-of', 'SELECT * FROM store.numbers_of($1)', [streams]);
    return new Map(rows.map(({ stream, number }) => [stream, number]));
  }

  async readLog(after: number, limit: number, categories?: readonly string[]): Promise<readonly SequencedEvent[]> {
    const values = [after, limit, categories ?? null];
    const rows = await this.#rows<LogRow>('read-log', 'SELECT * FROM store.read_log($1, $2, $3)', values);
    return rows.map(row => ({
      ...storedEvent(row, this.#upcast),
      position: Number(row.position),
      sequencedAt: row.sequenced_at.toISOString(),
    }));
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

  // One call of store.append: what a merged batch of several commands will go through, too.
  async #send(values: readonly unknown[]): Promise<readonly number[]> {
    const client = await this.#pool.connect().catch((error: unknown) => Promise.reject(away(error)));
    let broken: Error | undefined;
    try {
      const { rows } = await client.query<{ versions: number[] }>({
        name: 'append',
        text: APPEND,
        values: [...values],
      });
      return rows[0]?.versions ?? [];
    } catch (error) {
      const meaning = appendError(error);
      if (meaning instanceof Error && meaning.name === 'OutcomeUnknown') broken = meaning;
      throw meaning;
    } finally {
      client.release(broken);
    }
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

const SETTLE_POLL_MS = 2;

const APPEND = 'SELECT store.append($1, $2, $3, $4, $5, $6, $7, $8, $9) AS versions';

const appendValues = (appends: readonly StreamAppend[], checks: readonly Check[]): readonly unknown[] => {
  const events = appends.flatMap(append => append.events.map(written));
  const checked = checks.filter(({ expect }) => expect !== 'any');
  return [
    appends.map(({ stream }) => stream),
    appends.map(({ expect }) => expectationCode(expect)),
    appends.map(append => append.events.length),
    checked.map(({ stream }) => stream),
    checked.map(({ expect }) => expectationCode(expect)),
    events.map(({ id }) => id),
    events.map(({ type }) => type),
    events.map(({ data }) => data),
    events.map(({ envelope }) => envelope),
  ];
};
