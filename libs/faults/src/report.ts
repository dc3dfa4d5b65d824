import type { Found } from './suite.ts';

/** The bound of §8 and of the hand-over, in ms. */
const VISIBLE_P99_MS = 100;
const HAND_OVER_MS = 2_000;
const POISON_ADDED_MS = 1_000;
/** By so much the same stretch of ten seconds differs from itself on a machine that is shared. */
const TIMES_QUIET = 3;

/** One thing that must hold, and whether it does. */
export type Row = Readonly<{ name: string; found: string; must: string; holds: boolean }>;

export const rowsOf = ({ faults, invariants, figures, isShort }: Found): readonly Row[] => {
  const kinds = Map.groupBy(faults, ({ kind }) => kind);
  const handOvers = Object.entries(figures.handOverMs).filter(([, each]) => each.length > 0);
  return [
    ...[...kinds].map(([kind, each]) => ({
      name: `fault: ${kind}`,
      found: `${each.filter(({ error }) => error === undefined).length} of ${each.length}`,
      must: 'all as planned',
      holds: each.every(({ error }) => error === undefined),
    })),
    ...Object.entries(invariants).map(([name, count]) => ({
      name,
      found: `${count}`,
      must: '0',
      holds: count === 0,
    })),
    ...(isShort
      ? besideQuiet(figures)
      : within('visible p99 under a foreign transaction', figures.visibleP99Ms, VISIBLE_P99_MS)),
    ...within('added by poison to other streams', figures.poisonAddedMs, POISON_ADDED_MS),
    ...handOvers.map(([kind, each]) => ({
      name: `hand-over after ${kind}`,
      found: `median ${median(each)} ms, most ${Math.max(...each)} ms`,
      must: `< ${HAND_OVER_MS} ms`,
      holds: Math.max(...each) < HAND_OVER_MS,
    })),
  ];
};

const within = (name: string, found: number | undefined, ms: number): readonly Row[] =>
  found === undefined ? [] : [{ name, found: `${found} ms`, must: `< ${ms} ms`, holds: found < ms }];

// Of twelve seconds, one stall of the machine is more than a hundredth: what counts is the second in the middle, beside
// what it was in the same run while nothing was wrong. Who waits for the oldest transaction is late by all twelve.
const besideQuiet = ({ visibleP99Ms, typical }: Found['figures']): readonly Row[] => {
  if (!typical) return [];
  const { foreignP99Ms, quietP99Ms } = typical;
  const must = Math.max(VISIBLE_P99_MS, TIMES_QUIET * quietP99Ms);
  return [
    {
      name: 'visible p99 of a second under a foreign transaction',
      found: `${foreignP99Ms} ms (without ${quietP99Ms} ms, of the whole ${visibleP99Ms} ms)`,
      must: `< ${must} ms`,
      holds: foreignP99Ms < must,
    },
  ];
};

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;

/** For people: what holds, and what does not, marked. */
export const table = (rows: readonly Row[]): string => {
  const lines = [
    ['', 'what', 'found', 'must be'],
    ...rows.map(each => [each.holds ? '' : 'X', each.name, each.found, each.must]),
  ];
  const widths = [0, 1, 2].map(column => Math.max(...lines.map(line => line[column]?.length ?? 0)));
  return lines
    .map(line =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};

/** For machines. */
export const json = ({ seconds, events, faults, invariants, figures }: Found): object => ({
  seconds,
  events,
  faults: Object.fromEntries([...Map.groupBy(faults, ({ kind }) => kind)].map(([kind, each]) => [kind, each.length])),
  invariants,
  ...figures,
});
