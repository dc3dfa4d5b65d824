import { mean, median, quantile, sum } from './statistics.ts';

/** Milliseconds since 1970; `to` is outside. `now` is when it is asked: open records age until then. */
export type Period = Readonly<{ from: number; to: number; now: number }>;

/** One of what a figure is about, with what it adds to it. */
export type Member = Readonly<{
  /** A rollout, an incident, or a commit. */
  id: string;
  at: string;
  seconds?: number;
  deploymentIds?: readonly string[];
  incidentId?: string;
  changeId?: string;
  /** Why a rollout counts as failed. */
  failures?: readonly Readonly<{ reason: string; by: string }>[];
}>;

/** Counted apart, or counted and worth to be seen. */
export type Listed = Readonly<{ reason: string; ids: readonly string[] }>;
export type Open = Readonly<{ id: string; since: string; ageSeconds: number }>;

export type Figure = Readonly<{
  series: string;
  unit: 'ratio' | 'per-day' | 'seconds';
  /** Of durations the median. Null: nothing to measure, which is not 0. */
  value: number | null;
  median?: number | null;
  p90?: number | null;
  mean?: number | null;
  numerator: number;
  denominator: number;
  population: readonly Member[];
  /** Not over yet: in no figure, and not forgotten. */
  open: readonly Open[];
  listed: readonly Listed[];
  /** Missing or impossible facts, by what is wrong. */
  doubts: readonly Listed[];
  /** Of those in question, the share whose facts are complete and possible; null when none is in question. */
  dataQuality: number | null;
  /** Shown beside it, and no part of it. */
  beside?: Readonly<Record<string, number>>;
}>;

type Around = Readonly<{
  open?: readonly Open[];
  listed?: readonly Listed[];
  doubts?: readonly Listed[];
  beside?: Readonly<Record<string, number>>;
}>;

/** A count over a count. */
export const ratio = (
  series: string,
  unit: 'ratio' | 'per-day',
  numerator: number,
  denominator: number,
  population: readonly Member[],
  around: Around = {},
): Figure => ({
  series,
  unit,
  value: denominator === 0 ? null : numerator / denominator,
  numerator,
  denominator,
  ...surrounded(population, around),
});

/** Seconds: median, ninth decile and mean. The numerator is their sum, the denominator their count. */
export const durations = (
  series: string,
  population: readonly (Member & { seconds: number })[],
  around: Around = {},
): Figure => {
  const seconds = population.map(member => member.seconds);
  return {
    series,
    unit: 'seconds',
    value: median(seconds),
    median: median(seconds),
    p90: quantile(seconds, 0.9),
    mean: mean(seconds),
    numerator: sum(seconds),
    denominator: seconds.length,
    ...surrounded(population, around),
  };
};

const surrounded = (population: readonly Member[], { open = [], listed = [], doubts = [], beside }: Around) => {
  const doubted = new Set(doubts.flatMap(({ ids }) => ids));
  const known = population.filter(({ id }) => !doubted.has(id)).length;
  return {
    population: [...population].sort((a, b) => order(a.at, b.at) || order(a.id, b.id)),
    open: [...open].sort((a, b) => order(a.since, b.since) || order(a.id, b.id)),
    listed: listed.filter(({ ids }) => ids.length > 0),
    doubts: doubts.filter(({ ids }) => ids.length > 0),
    dataQuality: known + doubted.size === 0 ? null : known / (known + doubted.size),
    ...(beside && { beside }),
  };
};

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const within = ({ from, to }: Period, at: number | undefined): at is number =>
  at !== undefined && at >= from && at < to;

export const instant = (at: number): string => new Date(at).toISOString();

export const openSince = (id: string, since: number, { now }: Period): Open => ({
  id,
  since: instant(since),
  ageSeconds: Math.max(0, now - since) / 1000,
});
