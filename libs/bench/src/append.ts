import { bestClient, clientRound, type Databases, type PeerClient, slipwayClient, slipwayRound } from './contest.ts';
import { appendCpu, type Figure, measured } from './figure.ts';
import { pgbenchVersion, runPgbench } from './peers/pgbench/pgbench.ts';
import { type Contestant, interleaved, type Rounds } from './rounds.ts';
import type { Stage } from './stage.ts';
import { ratioOf, type Summary } from './statistics.ts';
import { startSustained } from './sustained.ts';

export type Appender =
  | 'slipway.new'
  | 'slipway.existing'
  | 'slipway.sustained'
  | 'emmett.new'
  | 'emmett.existing'
  | 'message-db-64'
  | 'message-db-1'
  | 'pgbench';

export type AppendOptions = Readonly<{
  inFlight: readonly number[];
  rounds: number;
  seconds: number;
  /** Which take part. */
  append: boolean;
  sustained: boolean;
  /** Only the one peer that the processor time is compared with. */
  emmettOnly: boolean;
}>;

export type Ratios = Record<string, Summary>;

/** One event an append, at each number in flight, everybody in every round. */
export const benchAppend = async (
  stage: Stage,
  databases: Databases,
  options: AppendOptions,
): Promise<ReadonlyMap<number, Rounds<Appender>>> => {
  const all = new Map<number, Rounds<Appender>>();
  for (const inFlight of options.inFlight)
    all.set(inFlight, await appendAt(stage, databases, { ...options, inFlight: [inFlight] }));
  return all;
};

const appendAt = async (stage: Stage, databases: Databases, options: AppendOptions): Promise<Rounds<Appender>> => {
  const {
    inFlight: [inFlight = 1],
    seconds,
    rounds,
  } = options;
  const contestants: Contestant<Appender>[] = [];
  const stops: (() => Promise<void>)[] = [];
  const enter = (name: Appender, round: () => Promise<Figure>): void => void contestants.push({ name, round });
  const entered = <Client extends PeerClient>(client: Client): Client => {
    stops.push(client.stop);
    return client;
  };
  const run = { inFlight, seconds };

  if (options.append) {
    const ours = entered(await slipwayClient(databases.slipway));
    await ours.ask.prepare(['existing']);
    for (const workload of ['new', 'existing'] as const)
      enter(`slipway.${workload}`, () => slipwayRound(stage, databases.slipway, ours, { ...run, workload }));
  }
  const emmett = entered(await bestClient('emmett', databases.emmett, { ...run, workload: 'new' }));
  enter('emmett.new', () => clientRound(stage, emmett, { ...run, workload: 'new' }));
  if (options.append) {
    await emmett.ask.prepare(['existing']);
    enter('emmett.existing', () => clientRound(stage, emmett, { ...run, workload: 'existing' }));
  }
  if (!options.emmettOnly) {
    const many = { ...run, workload: 'new', categories: 64 } as const;
    const messageDb = entered(await bestClient('message-db', databases.messageDb, many));
    enter('message-db-64', () => clientRound(stage, messageDb, many));
    enter('message-db-1', () => clientRound(stage, messageDb, { ...run, workload: 'new' }));
    if (pgbenchVersion())
      enter('pgbench', () => measured(stage, {}, () => runPgbench(databases.plain, inFlight, seconds)));
  }
  if (options.sustained) {
    const sustained = await startSustained(stage, databases.sustained, run);
    stops.push(sustained.stop);
    enter('slipway.sustained', sustained.round);
  }
  const figures = await interleaved(`${inFlight} in flight`, contestants, rounds);
  for (const stop of stops) await stop();
  return figures;
};

/** Ours above the line for what should be much, below it for what should be little: better is above 1. */
export const appendRatios = (inFlight: number, rounds: Rounds<Appender>): Ratios => {
  const values = (name: Appender, of: (figure: Figure) => number | undefined) => (rounds.get(name) ?? []).map(of);
  const rate = (name: Appender) => values(name, figure => figure.rate);
  const p99 = (name: Appender) => values(name, ({ latencyMs }) => latencyMs?.p99);
  const cpu = (name: Appender) => values(name, appendCpu);
  const ratios: Ratios = {};
  const put = (name: string, ratio: Summary | undefined): void => {
    if (ratio) ratios[name] = ratio;
  };
  for (const peer of ['message-db-64', 'message-db-1', 'pgbench'] as const) {
    put(
      `append.${inFlight}.${peer}`,
      lower(ratioOf(rate('slipway.new'), rate(peer)), ratioOf(rate('slipway.existing'), rate(peer))),
    );
    put(`sustained.${inFlight}.${peer}`, ratioOf(rate('slipway.sustained'), rate(peer)));
  }
  put(`sustained.${inFlight}.emmett`, ratioOf(rate('slipway.sustained'), rate('emmett.new')));
  const kinds = ['new', 'existing'] as const;
  const beside = {
    append: kinds.map(kind => ratioOf(rate(`slipway.${kind}`), rate(`emmett.${kind}`))),
    p99: kinds.map(kind => ratioOf(p99(`emmett.${kind}`), p99(`slipway.${kind}`))),
    cpu: kinds.map(kind => ratioOf(cpu(`emmett.${kind}`), cpu(`slipway.${kind}`))),
  };
  for (const [name, both] of Object.entries(beside)) {
    put(`${name}.${inFlight}.emmett`, lower(...both));
    kinds.forEach((kind, nth) => put(`${name}.${inFlight}.emmett.${kind}`, both[nth]));
  }
  return ratios;
};

const lower = (...ratios: readonly (Summary | undefined)[]): Summary | undefined =>
  ratios.reduce((one, other) => (one && other ? (other.median < one.median ? other : one) : undefined));
