import { setTimeout as pause } from 'node:timers/promises';
import { fill } from './backlog.ts';
import type { Remote } from '../remote.ts';
import type { Consumer } from './consumer.process.ts';
import type { Flooded } from './generator.process.ts';
import type { Measure } from './measure.ts';
import { residentOf } from './proc.ts';
import { rounded } from './quantile.ts';
import { query, setStage, type Stage, startLeaders } from './stage.ts';
import { startConsumer, startGenerator } from './workers.ts';

const BACKLOG = 1_000_000;
const IN_FLIGHT = 32;
const EVERY_MS = 10_000;
/** The first figure is taken when every heap and cache has had time to fill: at a fifth of the time. */
const SETTLED = 1 / 5;
/** The view that is behind takes so long for a batch that it stays behind. */
const SLOWED_BY_MS = 250;

/** MiB by process, at a second since the load began. */
type Sample = Readonly<{ second: number; behind: number; own: Readonly<Record<string, number>> }>;

/** Resident memory of every process at full load, with a view a million events behind. */
export const memory: Measure = async ({ minutes = 10, scale = 1, say }) => {
  const stage = await setStage();
  const leaders = await startLeaders(stage);
  try {
    await fill({ url: stage.urlOf('planning'), events: BACKLOG * scale, eventsAStream: 20, say });
    await published(stage, BACKLOG * scale, say);
    const current = await startConsumer(stage, 'planning.current');
    const behind = await startConsumer(stage, 'planning.behind', { slowedByMs: SLOWED_BY_MS });
    const generator = await startGenerator(stage.urlOf('planning'));
    const roots = {
      'sequencer and relay': leaders.pid,
      'a current view': current.pid,
      'the view behind': behind.pid,
      generator: generator.pid,
      PostgreSQL: stage.postgres,
      broker: stage.kafka,
    };
    await generator.ask.flood({ inFlight: IN_FLIGHT });
    const samples = await sampled(stage, { minutes, roots, behind, say });
    const load = await generator.ask.halt();
    await Promise.all([generator, current, behind].map(worker => worker.stop()));
    return { figures: { load, samples }, lines: linesOf(samples, load) };
  } finally {
    await leaders.stop();
    await stage.stop();
  }
};

const published = async (stage: Stage, events: number, say: (line: string) => void): Promise<void> => {
  for (let position = 0; position < events;) {
    await pause(1_000);
    const rows = await query<{ position: string }>(stage.databaseUrl, 'SELECT position FROM relay.checkpoints');
    position = Number(rows[0]?.position ?? 0);
    say(`${position} of ${events} events on Kafka`);
  }
};

type Sampling = Readonly<{
  minutes: number;
  roots: Readonly<Record<string, number>>;
  behind: Remote<Consumer>;
  say: (line: string) => void;
}>;

const sampled = async (stage: Stage, { minutes, roots, behind, say }: Sampling): Promise<readonly Sample[]> => {
  const samples: Sample[] = [];
  const began = performance.now();
  while (performance.now() - began < minutes * 60_000) {
    await pause(EVERY_MS - ((performance.now() - began) % EVERY_MS));
    const sample = {
      second: Math.round((performance.now() - began) / 1_000),
      behind: await lagOf(stage, behind),
      own: Object.fromEntries(Object.entries(roots).map(([name, pid]) => [name, mebibytes(residentOf(pid).own)])),
    };
    samples.push(sample);
    say(`${sample.second} s, ${sample.behind} events behind: ${JSON.stringify(sample.own)} MiB`);
  }
  return samples;
};

const lagOf = async ({ databaseUrl }: Stage, behind: Remote<Consumer>): Promise<number> => {
  const rows = await query<{ head: string }>(databaseUrl, 'SELECT store.head() AS head');
  return Number(rows[0]?.head) - (await behind.ask.handled());
};

const mebibytes = (bytes: number): number => rounded(bytes / 1024 / 1024, 1);

const linesOf = (samples: readonly Sample[], { appended, seconds }: Flooded): readonly string[] => {
  const last = samples.at(-1);
  const settled = samples.find(({ second }) => second >= (last?.second ?? 0) * SETTLED);
  if (!last || !settled) return ['the load was too short for a figure'];
  return [
    `Resident memory at ${Math.round(appended / seconds)} events/s, a view ${last.behind} events behind; MiB, without what is shared`,
    `${''.padEnd(24)}${`at ${settled.second} s`.padStart(12)}${`at ${last.second} s`.padStart(12)}${'growth'.padStart(10)}`,
    ...Object.entries(last.own).map(([name, end]) => {
      const start = settled.own[name] ?? Number.NaN;
      return `${name.padEnd(24)}${start.toFixed(1).padStart(12)}${end.toFixed(1).padStart(12)}${(end / start).toFixed(2).padStart(10)}`;
    }),
  ];
};
