import { processorSeconds } from '../processor-time.ts';
import type { Remote } from '../remote.ts';
import type { Consumer, Seen } from './consumer.process.ts';
import type { Generator } from './generator.process.ts';
import { latencyLines } from './latency-lines.ts';
import { type Latency, latencyOf } from './latency-steps.ts';
import type { Measure } from './measure.ts';
import { measureParts, type Parts } from './parts.ts';
import { query, setStage, type Stage, startLeaders } from './stage.ts';
import { rounded } from './quantile.ts';
import { startConsumer, startGenerator } from './workers.ts';

const RATES = [50, 2_000];
const PART_SAMPLES = 250;
const PART_EVERY_MS = 20;

/** Append answered -> row of a view committed, fed by Kafka; beside the parts that nothing can do without. */
export const latency: Measure = async ({ minutes = 1, say }) => {
  const stage = await setStage();
  try {
    const parts = await measuredParts(stage, say);
    const rates = await measuredRates(stage, minutes * 60, say);
    return { figures: { parts, rates }, lines: latencyLines(parts, rates) };
  } finally {
    await stage.stop();
  }
};

const measuredParts = (stage: Stage, say: (line: string) => void): Promise<Parts> => {
  say(`the parts, alone, ${PART_SAMPLES} times each`);
  return measureParts(stage, { samples: PART_SAMPLES, everyMs: PART_EVERY_MS });
};

const measuredRates = async (
  stage: Stage,
  seconds: number,
  say: (line: string) => void,
): Promise<readonly Latency[]> => {
  const leaders = await startLeaders(stage);
  const consumer = await startConsumer(stage, 'planning.measured', { remembers: true });
  const generator = await startGenerator(stage.urlOf('planning'));
  const cast: Cast = {
    stage,
    generator,
    consumer,
    roots: {
      generator: generator.pid,
      PostgreSQL: stage.postgres,
      'sequencer and relay': leaders.pid,
      broker: stage.kafka,
      consumer: consumer.pid,
    },
  };
  try {
    say('warming up');
    await measuredAt(cast, 500, 5);
    const rates: Latency[] = [];
    for (const perSecond of RATES) {
      say(`${perSecond} events a second for ${seconds} s`);
      rates.push(await measuredAt(cast, perSecond, seconds));
    }
    return rates;
  } finally {
    await generator.stop();
    await consumer.stop();
    await leaders.stop();
  }
};

type Cast = Readonly<{
  stage: Stage;
  generator: Remote<Generator>;
  consumer: Remote<Consumer>;
  /** Process ids. */
  roots: Readonly<Record<string, number>>;
}>;

const measuredAt = async (
  { stage, generator, consumer, roots }: Cast,
  perSecond: number,
  seconds: number,
): Promise<Latency> => {
  const before = processorSeconds(Object.values(roots));
  const appended = await generator.ask.steady({ perSecond, seconds });
  const wanted = Object.keys(appended.acknowledged);
  const seen: Record<string, Seen> = {};
  while (wanted.some(stream => !(stream in seen))) Object.assign(seen, await consumer.ask.seen());
  const after = processorSeconds(Object.values(roots));
  const cores = Object.keys(roots).map(
    (name, index) => [name, rounded(((after[index] ?? 0) - (before[index] ?? 0)) / seconds)] as const,
  );
  const positions = await positionsOf(stage, wanted);
  return { perSecond, cores: Object.fromEntries(cores), ...latencyOf(appended, seen, positions) };
};

const positionsOf = async (
  { databaseUrl }: Stage,
  streams: readonly string[],
): Promise<ReadonlyMap<string, number>> => {
  const rows = await query<{ stream: string; position: string }>(
    databaseUrl,
    'SELECT stream, position FROM store.event_log WHERE stream = ANY ($1)',
    [streams],
  );
  return new Map(rows.map(({ stream, position }) => [stream, Number(position)]));
};
