import { verifyStore } from '@slipway/event-store';
import { verifyTopics } from '@slipway/relay';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { restoreBackups } from './backups/restore.ts';
import { faultNamed, faults } from './faults/all.ts';
import { countCommands, type Counts } from './invariants/commands.ts';
import { countProjections } from './invariants/projections.ts';
import { MUTANT, type Mutant } from './mutants/mutant.ts';
import { Observer } from './observed/observer.ts';
import { type Figures, figuresOf } from './observed/figures.ts';
import { planOf } from './plan/plan.ts';
import { play, type Played } from './plan/play.ts';
import { randomOf } from './plan/random.ts';
import { settle } from './plan/settle.ts';
import { PREFIX } from './system/surroundings.ts';
import { startSystem, type System } from './system/system.ts';

export type Run = Readonly<{
  directory: string;
  minutes: number;
  /** Faults at their full length, which they have in long runs. */
  long?: boolean | undefined;
  seed: number;
  rate: number;
  only?: readonly string[] | undefined;
  mutant?: Mutant | undefined;
  say: (line: string) => void;
}>;

/** What a run found. An invariant that is not 0 was broken so often. */
export type Found = Readonly<{
  seconds: number;
  /** Of the faults: each lasted for some seconds only. */
  isShort: boolean;
  events: number;
  faults: readonly Played[];
  invariants: Counts;
  figures: Figures;
}>;

/** Beside the load: to start, to let everything arrive, to count, and to restore backups. */
const AROUND_SECONDS = 50;
const WARM_UP_MS = 8_000;
/** Load without a fault, which the first fault is compared with. */
const QUIET_MS = 10_000;
const TICK_MS = 10_000;
/** What a mutant lost never arrives. */
const SETTLES_WITHIN_MS = { whole: 90_000, mutant: 15_000 };
const LONG_MINUTES = 10;

/** Starts everything, does faults to it under load, lets it recover, and counts. */
export const run = async (given: Run): Promise<Found> => {
  const { directory, seed, mutant, say } = given;
  const began = performance.now();
  say(`Starting PostgreSQL, Kafka and the parts; the raw run goes to ${directory}`);
  const system = await startSystem({ directory, seed, flags: flagsOf(mutant), prepare: mutant?.prepare });
  const interrupted = (): void => void system.stop().finally(() => process.exit(130));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, interrupted);
  try {
    const { played, settled, ...observed } = await underLoad(system, given);
    say('Counting');
    const counts = await count(system);
    const figures = await figuresOf(system, played, observed.quiet);
    const backups = mutant ? { played: [], counts: {} } : await restoreBackups(system.broker.address, say);
    return {
      seconds: Math.round((performance.now() - began) / 1_000),
      isShort: isShort(given),
      events: observed.events,
      faults: [...played, ...backups.played],
      invariants: { ...counts, ...observed.counts, ...backups.counts },
      figures: { ...figures, parkedStreams: settled.parked },
    };
  } finally {
    await system.stop();
  }
};

const flagsOf = (mutant: Mutant | undefined): readonly string[] => {
  process.env[MUTANT] = mutant?.name ?? '';
  return mutant?.replacements ? ['--import', new URL('./mutants/mutate.js', import.meta.url).href] : [];
};

const isShort = ({ minutes, long = minutes >= LONG_MINUTES }: Run): boolean => !long;

const underLoad = async (system: System, given: Run) => {
  const { minutes, seed, rate, only, mutant, say } = given;
  const violations = new Map([
    ['writesOfADeposedLeader', 0],
    ['faultsNotRecovered', 0],
  ]);
  const violated = (name: string, times: number): void =>
    void violations.set(name, (violations.get(name) ?? 0) + times);
  const observer = new Observer(system.database.url, system.directory);
  const ticking = setInterval(() => say(`position ${observer.head}`), TICK_MS);
  system.rate(rate);
  await pause(WARM_UP_MS);
  const quietSince = Date.now();
  await pause(QUIET_MS);
  const quiet = { beganAt: quietSince, endedAt: Date.now() };
  const random = randomOf(seed);
  const options = { isShort: isShort(given) };
  const kinds = (mutant?.kinds ?? only)?.map(faultNamed) ?? faults;
  const bouts = planOf(random, { seconds: minutes * 60 - AROUND_SECONDS, faults: kinds, ...options });
  const played = await play({ system, random, rate, violated }, bouts, { ...options, say });
  clearInterval(ticking);
  say('Letting everything arrive');
  const settled = await settle(system, mutant ? SETTLES_WITHIN_MS.mutant : SETTLES_WITHIN_MS.whole);
  await observer.end();
  const { head, marks, positionsGivenTwice, positionsLost } = observer;
  const { checkpointBackwards, watermarkBackwards } = marks;
  return {
    played,
    quiet,
    settled,
    events: head,
    counts: {
      checkpointBackwards,
      watermarkBackwards,
      positionsGivenTwice,
      positionsLost,
      parkedWithoutPoison: settled.withoutPoison,
      partsThatGaveUp: system.parts.reduce((sum, { surprises }) => sum + surprises, 0),
      partsThatLingered: system.parts.reduce((sum, { lingered }) => sum + lingered, 0),
      ...Object.fromEntries(violations),
    },
  };
};

const count = async (system: System): Promise<Counts> => {
  const client = new pg.Client({ connectionString: system.database.url });
  await client.connect();
  try {
    await client.query("SET work_mem = '256MB'");
    return {
      ...(await countCommands(client, system.directory)),
      ...(await verifyStore(client)),
      ...(await verifyTopics({ client, kafka: system.kafka, prefix: PREFIX })),
      ...(await countUnfinished(client)),
      ...(await countProjections(client)),
    };
  } finally {
    await client.end();
  }
};

/** Once nothing is under way any more, nothing waits for a position or for Kafka. */
const countUnfinished = async (client: pg.ClientBase): Promise<Counts> => {
  const { rows } = await client.query<{ pending: number; unpublished: number }>(
    `SELECT (SELECT count(*)::int FROM store.pending) AS pending,
       (store.head() - (SELECT position FROM relay.checkpoints WHERE prefix = $1))::int AS unpublished`,
    [PREFIX],
  );
  return { stillPending: rows[0]?.pending ?? 0, stillUnpublished: rows[0]?.unpublished ?? 0 };
};
