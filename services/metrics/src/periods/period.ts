import type { BusinessCalendar } from './business-time.ts';

/** What time is asked about. Milliseconds since 1970; `to` is outside. */
export type Period = Readonly<{
  from: number;
  to: number;
  /** When it is asked, not later than `to`: open records age until then, and what is ahead is not counted as a day without. */
  now: number;
  /** IANA. Days are those of this zone. */
  zone: string;
  business: BusinessCalendar;
}>;

export const within = ({ from, to }: Period, at: number | undefined): at is number =>
  at !== undefined && at >= from && at < to;

export const instant = (at: number): string => new Date(at).toISOString();

/** Of rows in the order of time those within a period, without a look at the others. */
export const between = <Row extends Readonly<{ at: number }>>(
  rows: readonly Row[],
  { from, to }: Period,
): readonly Row[] => rows.slice(firstNotBefore(rows, from), firstNotBefore(rows, to));

const firstNotBefore = (rows: readonly Readonly<{ at: number }>[], bound: number): number => {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.at < bound) low = middle + 1;
    else high = middle;
  }
  return low;
};
