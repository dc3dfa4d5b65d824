/** Counted apart, or counted and worth to be seen. */
export type Listed = Readonly<{ reason: string; ids: readonly string[] }>;

/** A question to the facts that a figure is made of. */
export type Check = Readonly<{
  /** What is as it should be. */
  check: string;
  of: number;
  good: number;
  /** Null: there was nothing to ask. */
  share: number | null;
  /** The others. */
  missing: readonly string[];
}>;

export const checkOf = <Row extends Readonly<{ id: string }>>(
  check: string,
  rows: readonly Row[],
  isGood: (row: Row) => boolean,
): Check => {
  const missing = rows.filter(row => !isGood(row)).map(({ id }) => id);
  const good = rows.length - missing.length;
  return {
    check,
    of: rows.length,
    good,
    share: rows.length === 0 ? null : good / rows.length,
    missing: missing.sort(),
  };
};

/** Of those in question, the share that neither a doubt nor a check names; null when none is. */
export const scoreOf = (
  population: readonly string[],
  doubts: readonly Listed[],
  checks: readonly Check[],
): number | null => {
  const flawed = new Set([...doubts.flatMap(({ ids }) => ids), ...checks.flatMap(({ missing }) => missing)]);
  const asked = new Set([...population, ...flawed]);
  return asked.size === 0 ? null : (asked.size - flawed.size) / asked.size;
};

/** Recorded later than this after it happened, a fact was late: whoever looked meanwhile saw another figure. */
export const LATE_MS = 24 * 3_600_000;

export const onTime = (rows: readonly Readonly<{ id: string; lateness: number }>[]): Check =>
  checkOf('recorded-within-a-day', rows, ({ lateness }) => lateness <= LATE_MS);
