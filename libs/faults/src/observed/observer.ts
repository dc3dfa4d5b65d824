import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Marks } from './marks.ts';

const EVERY_MS = 80;
const AGAIN_MS = 100;
const AT_ONCE = 50_000;
/** Looked at again after the server was away. */
const LAST = 5_000;

type Placed = Readonly<{ position: string; event: string }>;

const LOG = `
  SELECT position, stream || '@' || version AS event FROM store.event_log WHERE position > $1
  ORDER BY position LIMIT ${AT_ONCE}`;
const MARKS = `
  SELECT mark, position, pg_current_wal_insert_lsn() - '0/0' AS written, pg_current_wal_flush_lsn() - '0/0' AS flushed,
    pg_postmaster_start_time()::text AS life
  FROM (
    SELECT 'checkpoint of ' || prefix AS mark, position FROM relay.checkpoints
    UNION ALL SELECT format('watermark of %s at %s/%s', consumer, topic, partition), position FROM planning.watermarks
    UNION ALL SELECT 'epoch of ' || leader, epoch FROM store.epoch
  ) AS marks`;
type MarkRow = Readonly<{ mark: string; position: string; written: string; flushed: string; life: string }>;

/** Looks on from outside all the time, across restarts of everything: what was seen once must stay as it was. */
export class Observer {
  /** The last position seen. */
  head = 0;
  readonly marks = new Marks();
  /** Seen with one event and then with another. */
  positionsGivenTwice = 0;
  /** Seen, and not there in the end. */
  positionsLost = 0;
  /** Who stands at each position. */
  readonly #events: string[] = [];
  readonly #url: string;
  readonly #samples: WriteStream;
  readonly #watching: Promise<void>;
  #isOver = false;

  constructor(url: string, directory: string) {
    this.#url = url;
    this.#samples = createWriteStream(join(directory, 'samples.jsonl'));
    this.#watching = this.#watch();
  }

  /** Compares all that it saw with what is there now. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#watching;
    const client = await connected(this.#url);
    let present = 0;
    for (let found = await this.#look(client, 0); found.length > 0; found = await this.#look(client, found.at(-1) ?? 0))
      present += found.length;
    this.positionsLost = Math.max(0, Object.keys(this.#events).length - present);
    await client.end();
    this.#samples.end();
  }

  async #watch(): Promise<void> {
    while (!this.#isOver) await this.#session().catch(() => pause(AGAIN_MS));
  }

  async #session(): Promise<void> {
    const client = await connected(this.#url);
    try {
      await this.#look(client, Math.max(0, this.head - LAST));
      while (!this.#isOver) {
        await this.#look(client, this.head);
        await this.#mark(client);
        this.#sample();
        await pause(EVERY_MS);
      }
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Answers the positions that it found, in order. */
  async #look(client: pg.Client, after: number): Promise<readonly number[]> {
    const { rows } = await client.query<Placed>({ name: 'log', text: LOG, values: [after] });
    for (const { position, event } of rows) {
      const at = Number(position);
      const before = this.#events[at];
      if (before !== undefined && before !== event) this.positionsGivenTwice += 1;
      this.#events[at] = event;
    }
    const positions = rows.map(({ position }) => Number(position));
    this.head = Math.max(this.head, positions.at(-1) ?? 0);
    return positions;
  }

  async #mark(client: pg.Client): Promise<void> {
    const { rows } = await client.query<MarkRow>({ name: 'marks', text: MARKS });
    const [first] = rows;
    if (!first) return;
    const positions = new Map(rows.map(({ mark, position }) => [mark, Number(position)]));
    this.marks.add({ positions, written: Number(first.written), flushed: Number(first.flushed), life: first.life });
  }

  #sample(): void {
    this.#samples.write(
      `${JSON.stringify({ at: Date.now(), head: this.head, ...Object.fromEntries(this.marks.positions) })}\n`,
    );
  }
}

const connected = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};
