import { setTimeout as pause } from 'node:timers/promises';
import type { Remote } from '../remote.ts';
import type { Consumer, Seen } from './consumer.process.ts';
import type { Measure } from './measure.ts';
import { rounded, spreadOf } from './quantile.ts';
import { type Program, query, setStage, type Stage, startLeaders } from './stage.ts';
import { startConsumer, startGenerator } from './workers.ts';

const TIMES = 10;
const IN_FLIGHT = 8;
/** Load before the end of a leader, and after its successor has begun. */
const STEADY_MS = 1_000;
/** A frozen leader goes on when its successor has long been at work. */
const FROZEN_MS = 4_000;
const STEPS_DOWN_WITHIN_MS = 10_000;

type Fault = 'SIGKILL' | 'SIGSTOP';

/** The longest time without a new position, and without a new record in a consumer's hands. */
type Handover = Readonly<{ fault: Fault; positionsMs: number; recordsMs: number }>;

/** All must be 0. */
type Harm = Readonly<Record<'gaps' | 'twice' | 'inversions' | 'withoutPosition' | 'notSeen' | 'seenTwice', number>>;

type Cast = { leader: Program; standby: Program };

/** Whoever leads sequencer and relay is killed, or frozen and continued, under load, with another one beside it. */
export const handover: Measure = async ({ scale = 1, say }) => {
  const stage = await setStage();
  const generator = await startGenerator(stage.urlOf('planning'));
  const consumer = await startConsumer(stage, 'planning.measured', { remembers: true });
  const cast: Cast = { leader: await leading(await startLeaders(stage)), standby: await startLeaders(stage) };
  try {
    await generator.ask.flood({ inFlight: IN_FLIGHT });
    const handovers: Handover[] = [];
    for (const fault of ['SIGKILL', 'SIGSTOP'] as const)
      for (let time = 1; time <= Math.ceil(TIMES * scale); time += 1) {
        const each = await oneHandover(stage, consumer, cast, fault);
        say(`${fault} ${time}: ${each.positionsMs} ms without positions, ${each.recordsMs} ms without records`);
        handovers.push(each);
      }
    const { appended, failed } = await generator.ask.halt();
    const harm = await harmOf(stage);
    return { figures: { appended, failed, handovers, harm }, lines: linesOf(handovers, harm, appended) };
  } finally {
    await generator.stop();
    await consumer.stop();
    await Promise.all([cast.leader.stop(), cast.standby.stop()]);
    await stage.stop();
  }
};

const oneHandover = async (stage: Stage, consumer: Remote<Consumer>, cast: Cast, fault: Fault): Promise<Handover> => {
  await pause(STEADY_MS);
  await consumer.ask.seen();
  const from = await headOf(stage);
  const { leader, standby } = cast;
  process.kill(leader.pid, fault);
  await leading(standby);
  await pause(fault === 'SIGSTOP' ? FROZEN_MS : STEADY_MS);
  const positionsMs = await longestWithoutPositions(stage, from);
  const recordsMs = longestBetween(Object.values(await consumer.ask.seen()));
  cast.leader = standby;
  cast.standby = fault === 'SIGSTOP' ? await continued(leader) : await startLeaders(stage);
  return { fault, positionsMs, recordsMs };
};

type Ready = Readonly<Record<'sequencer' | 'relay', Readonly<{ leading: boolean }>>>;

const ready = async ({ url }: Program): Promise<Ready> => (await (await fetch(`${url}/readyz`)).json()) as Ready;

/** Resolves when it leads both. */
const leading = async (program: Program): Promise<Program> => {
  for (;;) {
    const { sequencer, relay } = await ready(program);
    if (sequencer.leading && relay.leading) return program;
    await pause(50);
  }
};

/** What was frozen goes on, and finds that it leads no more. */
const continued = async (program: Program): Promise<Program> => {
  process.kill(program.pid, 'SIGCONT');
  const deadline = performance.now() + STEPS_DOWN_WITHIN_MS;
  for (;;) {
    const { sequencer, relay } = await ready(program);
    if (!sequencer.leading && !relay.leading) return program;
    if (performance.now() > deadline)
      throw new Error('a leader that was frozen, and replaced, still takes itself for one');
    await pause(50);
  }
};

const headOf = async ({ databaseUrl }: Stage): Promise<number> => {
  const rows = await query<{ head: string }>(databaseUrl, 'SELECT store.head() AS head');
  return Number(rows[0]?.head);
};

// Of the clock that gave them: the database's.
const LONGEST = `
  SELECT max(extract(epoch FROM later - sequenced_at) * 1000) AS ms FROM (
    SELECT sequenced_at, lead(sequenced_at) OVER (ORDER BY position) AS later
    FROM store.event_log WHERE position >= $1
  ) AS pairs`;

const longestWithoutPositions = async ({ databaseUrl }: Stage, from: number): Promise<number> => {
  const rows = await query<{ ms: string }>(databaseUrl, LONGEST, [from]);
  return Math.round(Number(rows[0]?.ms));
};

const longestBetween = (seen: readonly Seen[]): number => {
  const instants = seen.map(({ received }) => received).sort((a, b) => a - b);
  return Math.round(Math.max(...instants.slice(1).map((instant, index) => instant - (instants[index] ?? instant))));
};

const CAUGHT_UP = `
  SELECT NOT EXISTS (SELECT FROM store.pending) AND store.head() = (SELECT position FROM relay.checkpoints)
    AND (SELECT coalesce(sum(count), 0) FROM planning.measured) >= (SELECT count(*) FROM store.events) AS done`;

const HARM = `
  SELECT
    (SELECT coalesce(max(position), 0) - count(*) FROM store.event_log) AS gaps,
    (SELECT count(*) - count(DISTINCT (stream, version)) FROM store.event_log) AS twice,
    (SELECT count(*) FROM (
      SELECT version, lag(version) OVER (PARTITION BY stream ORDER BY position) AS before FROM store.event_log
    ) AS pairs WHERE version <= before) AS inversions,
    (SELECT count(*) FROM store.events WHERE NOT EXISTS (
      SELECT FROM store.event_log AS log WHERE log.stream = events.stream AND log.version = events.version
    )) AS "withoutPosition",
    (SELECT count(*) FROM store.events WHERE NOT EXISTS (
      SELECT FROM planning.measured WHERE measured.stream = events.stream
    )) AS "notSeen",
    (SELECT count(*) FROM planning.measured WHERE count > 1) AS "seenTwice"`;

/** Counted when everything has arrived, or when nothing more arrives within 30 s. */
const harmOf = async ({ databaseUrl }: Stage): Promise<Harm> => {
  for (let left = 300; left > 0; left -= 1) {
    const rows = await query<{ done: boolean }>(databaseUrl, CAUGHT_UP);
    if (rows[0]?.done) break;
    await pause(100);
  }
  const [row = {}] = await query<Record<string, string>>(databaseUrl, HARM);
  return Object.fromEntries(Object.entries(row).map(([name, count]) => [name, Number(count)])) as Harm;
};

const linesOf = (handovers: readonly Handover[], harm: Harm, appended: number): readonly string[] => [
  `Hand-over under load (${appended} appends), ms   ${'median'.padStart(8)}${'longest'.padStart(9)}${'times'.padStart(7)}`,
  ...(['SIGKILL', 'SIGSTOP'] as const).flatMap(fault => {
    const own = handovers.filter(each => each.fault === fault);
    return [
      lineOf(
        `${fault}, without positions`,
        own.map(({ positionsMs }) => positionsMs),
      ),
      lineOf(
        `${fault}, without records on Kafka`,
        own.map(({ recordsMs }) => recordsMs),
      ),
    ];
  }),
  `Afterwards (all must be 0): ${Object.entries(harm)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')}`,
];

const lineOf = (name: string, values: readonly number[]): string => {
  const { p50, max, count } = spreadOf(values);
  return `${name.padEnd(44)}${rounded(p50, 0).toString().padStart(8)}${rounded(max, 0).toString().padStart(9)}${count.toString().padStart(7)}`;
};
