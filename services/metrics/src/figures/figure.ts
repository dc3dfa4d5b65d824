import { instant, type Period } from '../periods/period.ts';
import { type Interval, ofMedian, poissonScore, wilson } from './intervals.ts';
import { type Check, type Listed, scoreOf } from './quality.ts';
import { mean, median, quantile, sum } from './statistics.ts';

/** One of what a figure is about, with what it adds to it. */
export type Member = Readonly<{
  /** A rollout, an incident, a change, a commit, or a pull request. */
  id: string;
  at: string;
  seconds?: number;
  deploymentIds?: readonly string[];
  incidentId?: string;
  changeId?: string;
  /** Why a rollout counts as failed. */
  failures?: readonly Readonly<{ reason: string; by: string }>[];
}>;
export type Timed = Member & Readonly<{ seconds: number }>;
export type Open = Readonly<{ id: string; since: string; ageSeconds: number }>;

export type Figure = Readonly<{
  series: string;
  unit: 'ratio' | 'per-day' | 'seconds';
  /** Of durations the median. Null: nothing to measure, which is not 0. */
  value: number | null;
  /** Why there is no value. */
  reason?: string;
  median?: number | null;
  p90?: number | null;
  mean?: number | null;
  numerator: number;
  denominator: number;
  /** Of the value; null where there are too few for one. */
  interval: Interval | null;
  population: readonly Member[];
  /** Durations that cannot be: in no figure, and shown with what they would add. */
  contradictory: readonly Timed[];
  /** Not over yet: in no figure, and not forgotten. */
  open: readonly Open[];
  listed: readonly Listed[];
  /** Missing or impossible facts, by what is wrong. */
  doubts: readonly Listed[];
  checks: readonly Check[];
  /** Of those in question, the share whose facts are complete and possible; null when none is in question. */
  dataQuality: number | null;
  /** Shown beside it, and no part of it. */
  beside?: Readonly<Record<string, number>>;
}>;

export type Around = Readonly<{
  open?: readonly Open[];
  listed?: readonly Listed[];
  doubts?: readonly Listed[];
  checks?: readonly Check[];
  beside?: Readonly<Record<string, number>>;
}>;

type Counted = Readonly<{ numerator: number; denominator: number; population: readonly Member[] }>;

/** A count over a count: of things that are so, or a day. `none` says why there is no value when nothing is counted. */
export const ratio = (
  series: string,
  unit: 'ratio' | 'per-day',
  { numerator, denominator, population }: Counted,
  none: string,
  around: Around = {},
): Figure => ({
  series,
  unit,
  ...rated(unit, numerator, denominator),
  ...(denominator === 0 && { reason: none }),
  ...surrounded(population, [], around),
});

/** A count over a count with its interval; null over nothing. */
export const rated = (unit: 'ratio' | 'per-day', numerator: number, denominator: number) => ({
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
  interval: unit === 'ratio' ? wilson(numerator, denominator) : poissonScore(numerator, denominator),
});

/** Seconds: median, ninth decile and mean. The numerator is their sum, the denominator their count. Negative ones are contradictory. */
export const durations = (series: string, measured: readonly Timed[], none: string, around: Around = {}): Figure => {
  const population = measured.filter(({ seconds }) => seconds >= 0);
  const seconds = population.map(member => member.seconds);
  return {
    series,
    unit: 'seconds',
    value: median(seconds),
    ...(seconds.length === 0 && { reason: none }),
    median: median(seconds),
    p90: quantile(seconds, 0.9),
    mean: mean(seconds),
    numerator: sum(seconds),
    denominator: seconds.length,
    interval: ofMedian(seconds),
    ...surrounded(
      population,
      measured.filter(({ seconds: each }) => each < 0),
      around,
    ),
  };
};

const surrounded = (population: readonly Member[], contradictory: readonly Timed[], around: Around) => {
  const { open = [], listed = [], doubts = [], checks = [], beside } = around;
  const found = [...doubts, { reason: 'negative-duration', ids: contradictory.map(({ id }) => id) }];
  return {
    population: [...population].sort(byTime),
    contradictory: [...contradictory].sort(byTime),
    open: [...open].sort((a, b) => order(a.since, b.since) || order(a.id, b.id)),
    listed: shown(listed),
    doubts: shown(found),
    checks,
    dataQuality: scoreOf(
      population.map(({ id }) => id),
      found,
      checks,
    ),
    ...(beside && { beside }),
  };
};

const shown = (lists: readonly Listed[]): readonly Listed[] =>
  lists.filter(({ ids }) => ids.length > 0).map(({ reason, ids }) => ({ reason, ids: [...new Set(ids)].sort(order) }));

const byTime = (a: Member, b: Member): number => order(a.at, b.at) || order(a.id, b.id);
const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const openSince = (id: string, since: number, { now }: Period): Open => ({
  id,
  since: instant(since),
  ageSeconds: Math.max(0, now - since) / 1000,
});
