import { PostgresEventStore, type StreamAppend } from '@slipway/event-store';
import pg from 'pg';
import { newAppend } from './appends.ts';
import { fill } from './backlog.ts';
import { machineMs } from './clock.ts';
import { quantile, spreadOf } from './quantile.ts';
import { withSequencer } from './sequencing.ts';
import { urlAs } from './stage.ts';

/** A second, at one size of the tables. */
export type Rates = Readonly<{
  /** One event an append, to a stream of its own. */
  appendsToNew: number;
  /** One event an append, to a stream that is there, at an expected version. */
  appendsToExisting: number;
  /** Events that waited, through the sequencer. */
  sequenced: number;
  /** Events of the log, read in its order a thousand at a time. */
  logRead: number;
  /** Milliseconds of the read of one stream, any: half take less. */
  streamReadMs: number;
}>;

const SECONDS = 10;
const IN_FLIGHT = 32;
const BACKLOG = 200_000;
const READS = 2_000;
const LOG_EVENTS = 100_000;

/** `versions` are those of streams that are there; they move with what is appended. */
export const ratesOf = async (url: string, versions: Map<string, number>, scale: number): Promise<Rates> => {
  const pool = new pg.Pool({ connectionString: urlAs(url, 'planning'), max: 4 });
  const store = new PostgresEventStore(pool);
  const seconds = Math.max(2, SECONDS * scale);
  try {
    const [appendsToNew, appendsToExisting] = await withSequencer(url, async () => [
      await appended(store, seconds, () => newAppend()),
      await appended(store, seconds, existing(versions)),
    ]);
    return {
      appendsToNew,
      appendsToExisting,
      sequenced: await sequencedFromBacklog(url, Math.ceil(BACKLOG * Math.min(1, scale * 10))),
      logRead: await logRead(store, Math.ceil(LOG_EVENTS * Math.min(1, scale * 10))),
      streamReadMs: await streamRead(store, [...versions.keys()]),
    };
  } finally {
    await pool.end();
  }
};

export const medianOf = (rounds: readonly Rates[]): Rates => {
  const median = (name: keyof Rates): number =>
    quantile(
      rounds.map(rates => rates[name]).sort((a, b) => a - b),
      0.5,
    );
  return {
    appendsToNew: median('appendsToNew'),
    appendsToExisting: median('appendsToExisting'),
    sequenced: median('sequenced'),
    logRead: median('logRead'),
    streamReadMs: median('streamReadMs'),
  };
};

const appended = async (store: PostgresEventStore, seconds: number, next: () => StreamAppend): Promise<number> => {
  let count = 0;
  const began = machineMs();
  const lane = async (): Promise<void> => {
    for (; machineMs() - began < seconds * 1_000; count += 1) await store.append([next()]);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  return Math.round((count / (machineMs() - began)) * 1_000);
};

/** Streams in an order that jumps through all of them, so that none is in flight twice. */
const existing = (versions: Map<string, number>) => {
  const order = [...versions.keys()].sort((a, b) => (a.slice(-12) < b.slice(-12) ? -1 : 1));
  let at = 0;
  return (): StreamAppend => {
    const stream = order[(at += 1) % order.length] ?? '';
    const expect = versions.get(stream) ?? 0;
    versions.set(stream, expect + 1);
    return { ...newAppend(), stream, expect };
  };
};

/** From a backlog in `pending` to the last position. */
const sequencedFromBacklog = async (url: string, events: number): Promise<number> => {
  await fill({ url: urlAs(url, 'planning'), events, eventsAStream: 1, say: () => undefined });
  const began = machineMs();
  await withSequencer(url, () => Promise.resolve());
  return Math.round((events / (machineMs() - began)) * 1_000);
};

const logRead = async (store: PostgresEventStore, events: number): Promise<number> => {
  const head = await store.head();
  const began = machineMs();
  let read = 0;
  for (let after = Math.max(0, head - events); after < head;) {
    const some = await store.readLog(after, 1_000);
    after = some.at(-1)?.position ?? head;
    read += some.length;
  }
  return Math.round((read / (machineMs() - began)) * 1_000);
};

const streamRead = async (store: PostgresEventStore, streams: readonly string[]): Promise<number> => {
  const took: number[] = [];
  for (let read = 0; read < READS; read += 1) {
    const stream = streams[Math.floor((read * streams.length) / READS)] ?? '';
    const began = machineMs();
    await store.read(stream);
    took.push(machineMs() - began);
  }
  return spreadOf(took).p50;
};
