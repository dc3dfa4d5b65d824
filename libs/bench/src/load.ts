import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

export type Load = Readonly<{
  /** How many are under way at any moment. */
  inFlight: number;
  seconds: number;
  /** As quickly as answers come when absent. */
  ratePerSecond?: number;
}>;

export type LoadCount = Readonly<{ count: number; seconds: number; latencyMs: Latency }>;
export type Latency = Readonly<{ p50: number; p95: number; p99: number; max: number }>;

const MICROSECONDS = 1_000;
const LONGEST = 10 * 60 * 1_000 * MICROSECONDS;

/** Acts over and over, so many at a time. Counts all that was begun in time; `act` says how much it did. */
export const applyLoad = async (
  { inFlight, seconds, ratePerSecond }: Load,
  act: (turn: number) => Promise<number>,
): Promise<LoadCount> => {
  const histogram = createHistogram({ lowest: 1, highest: LONGEST, figures: 3 });
  const began = performance.now();
  const until = began + seconds * 1_000;
  let turns = 0;
  let count = 0;
  const lane = async (): Promise<void> => {
    for (;;) {
      const turn = turns;
      turns += 1;
      const due = ratePerSecond === undefined ? began : began + (turn * 1_000) / ratePerSecond;
      if (Math.max(due, performance.now()) >= until) return;
      await dueAt(due);
      const started = performance.now();
      const done = await act(turn); // not `count += await`, which would add to what the count was before
      count += done;
      histogram.record(Math.max(1, Math.round((performance.now() - started) * MICROSECONDS)));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
  return { count, seconds: (performance.now() - began) / 1_000, latencyMs: latencyOf(histogram) };
};

const dueAt = async (due: number): Promise<void> => {
  const wait = due - performance.now();
  if (wait > 0) await pause(wait);
};

const latencyOf = (histogram: RecordableHistogram): Latency => {
  const at = (percentile: number): number => histogram.percentile(percentile) / MICROSECONDS;
  return { p50: at(50), p95: at(95), p99: at(99), max: histogram.max / MICROSECONDS };
};
