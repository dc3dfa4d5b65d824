import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { withClient } from '../stage.ts';
import { machineMs } from './clock.ts';
import { type Spread, spreadOf } from './quantile.ts';
import { query, urlAs } from './stage.ts';
import { startGenerator } from './workers.ts';

/** What befell the table that is emptied all the time, at full load. */
export type Pending = Readonly<{
  circumstance: Circumstance;
  events: number;
  vacuums: number;
  /** Of the table, at the end. */
  bytes: number;
  /** Milliseconds of a round of the sequencer, of the first ones and of the last ones. */
  first: Spread;
  last: Spread;
}>;

const CIRCUMSTANCES = ['autovacuum alone', 'vacuumed by the sequencer', 'a snapshot held'] as const;
type Circumstance = (typeof CIRCUMSTANCES)[number];

const SECONDS = 60;
const IN_FLIGHT = 32;
const ROUNDS_SHOWN = 200;
// As the sequencer does it.
const PACE_MS = 5;
const VACUUM_BYTES = 1024 * 1024;
const VACUUM_EVERY_MS = 1_000;
// The role's own time-outs end a leader that waits; here a wait is what is measured.
const PATIENT = '-c idle_session_timeout=0 -c transaction_timeout=0';

export const measurePending = async (
  url: string,
  scale: number,
  say: (line: string) => void,
): Promise<readonly Pending[]> => {
  const measured: Pending[] = [];
  for (const circumstance of CIRCUMSTANCES) {
    say(`the table of pending appends: ${circumstance}`);
    const work = (): Promise<Pending> => underLoad(url, circumstance, SECONDS * Math.min(1, scale));
    measured.push(circumstance === 'a snapshot held' ? await withSnapshot(url, work) : await work());
    await query(url, 'VACUUM store.pending');
  }
  return measured;
};

/** What a dump does to every vacuum of its database. */
const withSnapshot = <Result>(url: string, work: () => Promise<Result>): Promise<Result> =>
  withClient(url, async holder => {
    await holder.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    await holder.query('SELECT store.head()');
    return work();
  });

const underLoad = async (url: string, circumstance: Circumstance, seconds: number): Promise<Pending> => {
  const generator = await startGenerator(urlAs(url, 'planning'));
  const leader = new pg.Client({ connectionString: urlAs(url, 'sequencer'), options: PATIENT });
  await leader.connect();
  try {
    await generator.ask.flood({ inFlight: IN_FLIGHT });
    const run = await rounds(leader, { seconds, vacuums: circumstance !== 'autovacuum alone', url });
    const [row] = await query<{ bytes: string }>(url, "SELECT pg_relation_size('store.pending') AS bytes");
    await generator.ask.halt();
    await leader.query(SEQUENCE, [run.epoch]);
    return {
      circumstance,
      events: run.events,
      vacuums: run.vacuums,
      bytes: Number(row?.bytes),
      first: spreadOf(run.took.slice(0, ROUNDS_SHOWN)),
      last: spreadOf(run.took.slice(-ROUNDS_SHOWN)),
    };
  } finally {
    await generator.stop();
    await leader.end();
  }
};

const SEQUENCE = 'SELECT sequenced, pending_bytes FROM store.sequence($1, 20000)';

type Rounds = Readonly<{ seconds: number; vacuums: boolean; url: string }>;

const rounds = async (leader: pg.Client, { seconds, vacuums: isVacuumed, url }: Rounds) => {
  const { rows } = await leader.query<{ epoch: string }>("SELECT store.take_lead('sequencer') AS epoch");
  const epoch = rows[0]?.epoch ?? '';
  const round = { name: 'sequence', text: SEQUENCE, values: [epoch] };
  const took: number[] = [];
  let events = 0;
  let vacuums = 0;
  let vacuum: Promise<void> | undefined;
  const until = machineMs() + seconds * 1_000;
  while (machineMs() < until) {
    const began = machineMs();
    const { rows: told } = await leader.query<{ sequenced: number; pending_bytes: string }>(round);
    const [{ sequenced, pending_bytes: bytes } = { sequenced: 0, pending_bytes: '0' }] = told;
    if (sequenced > 0) took.push(machineMs() - began);
    events += sequenced;
    if (isVacuumed && Number(bytes) > VACUUM_BYTES && !vacuum) {
      vacuums += 1;
      vacuum = query(url, 'VACUUM store.pending')
        .then(() => pause(VACUUM_EVERY_MS))
        .then(() => (vacuum = undefined));
    }
    await pause(PACE_MS);
  }
  await vacuum;
  return { epoch, took, events, vacuums };
};
