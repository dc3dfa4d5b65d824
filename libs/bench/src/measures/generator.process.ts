import { appendHint, PostgresEventStore } from '@slipway/event-store';
import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { required } from '../environment.ts';
import { serve } from '../serve.ts';
import { newAppend } from './appends.ts';
import { machineMs } from './clock.ts';

export type Steady = Readonly<{ perSecond: number; seconds: number }>;

/** Instants are `machineMs`. */
export type Appended = Readonly<{
  /** When the append was answered, by stream. */
  acknowledged: Readonly<Record<string, number>>;
  /** When the sequencer was heard of: the last position that it had given by then. */
  sequenced: readonly (readonly [position: number, at: number])[];
}>;

export type Flooded = Readonly<{ appended: number; failed: number; seconds: number }>;

/** Appends of one event to a new stream each. */
export type Generator = Readonly<{
  /** At an even pace, however long the answers take. */
  steady: (how: Steady) => Promise<Appended>;
  /** As many as come through with so many in flight, until `halt`. Answers at once. */
  flood: (how: Readonly<{ inFlight: number }>) => Promise<void>;
  halt: () => Promise<Flooded>;
}>;

const url = required('GENERATOR_URL');
const pool = new pg.Pool({ connectionString: url, max: 4 });
const hint = appendHint(url);
const store = new PostgresEventStore(pool, hint);
const ears = new pg.Client({ connectionString: url });
await ears.connect();

/** By then the sequencer has long been heard of the last one: at rest it looks each 50 ms. */
const SETTLED_AFTER_MS = 1_000;

const steady = async ({ perSecond, seconds }: Steady): Promise<Appended> => {
  const acknowledged: Record<string, number> = {};
  const sequenced: [number, number][] = [];
  const hear = ({ payload = '' }: pg.Notification): void => void sequenced.push([Number(payload), machineMs()]);
  ears.on('notification', hear);
  await ears.query('LISTEN slipway_sequenced');
  const append = async (): Promise<void> => {
    const each = newAppend();
    await store.append([each]);
    acknowledged[each.stream] = machineMs();
  };
  const pending: Promise<void>[] = [];
  const began = machineMs();
  for (let sent = 0; sent < perSecond * seconds;) {
    const due = Math.floor(((machineMs() - began) / 1_000) * perSecond) + 1;
    for (; sent < due; sent += 1) pending.push(append());
    await pause(Math.max(1, (sent * 1_000) / perSecond - (machineMs() - began)));
  }
  await Promise.all(pending);
  await pause(SETTLED_AFTER_MS);
  await ears.query('UNLISTEN slipway_sequenced');
  ears.off('notification', hear);
  return { acknowledged, sequenced };
};

type Flood = Readonly<{ halt: () => void; ended: Promise<Flooded> }>;

const flooding = (inFlight: number): Flood => {
  let isHalted = false;
  let appended = 0;
  let failed = 0;
  const began = machineMs();
  const lane = async (): Promise<void> => {
    while (!isHalted)
      await store.append([newAppend()]).then(
        () => (appended += 1),
        () => (failed += 1),
      );
  };
  const ended = Promise.all(Array.from({ length: inFlight }, lane)).then(() => ({
    appended,
    failed,
    seconds: (machineMs() - began) / 1_000,
  }));
  return { halt: () => void (isHalted = true), ended };
};

let flood: Flood | undefined;

const halt = async (): Promise<Flooded> => {
  flood?.halt();
  return (await flood?.ended) ?? { appended: 0, failed: 0, seconds: 0 };
};

serve(
  {
    steady,
    flood: ({ inFlight }: Readonly<{ inFlight: number }>) => {
      flood = flooding(inFlight);
      return Promise.resolve();
    },
    halt,
  } satisfies Generator,
  async () => {
    await halt();
    await hint.stop();
    await ears.end();
    await pool.end();
  },
);
