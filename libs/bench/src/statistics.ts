/** The middle one of the rounds, and between which it lay. */
export type Summary = Readonly<{ median: number; lowest: number; highest: number; rounds: readonly number[] }>;

/** Undefined of nothing. */
export const summaryOf = (rounds: readonly number[]): Summary | undefined => {
  const sorted = [...rounds].sort((a, b) => a - b);
  const [lowest, highest] = [sorted[0], sorted.at(-1)];
  if (lowest === undefined || highest === undefined) return undefined;
  const middle = (sorted.length - 1) / 2;
  const median = ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
  return { median, lowest, highest, rounds };
};

/** Round by round, so that what slowed a whole round down is in both. Undefined when a side is not there in some round. */
export const ratioOf = (
  above: readonly (number | undefined)[],
  below: readonly (number | undefined)[],
): Summary | undefined => {
  const quotients = above.map((value, round) => {
    const other = below[round];
    return value !== undefined && other !== undefined && other > 0 ? value / other : Number.NaN;
  });
  return quotients.some(Number.isNaN) ? undefined : summaryOf(quotients);
};
