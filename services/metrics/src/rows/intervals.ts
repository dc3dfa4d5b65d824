import type { DataOf } from '../facts/facts.ts';

/** From an impact to the restoration of the service: mitigated, else resolved. Milliseconds since 1970. */
export type Interval = Readonly<{ from: number; mitigatedAt?: number; resolvedAt?: number }>;
type Intervals = readonly Interval[];
type Impaired = Readonly<{ intervals: Intervals }>;

export const intervalsOf = (from: number): Intervals => [{ from }];

/** When the service was restored for good, as far as we know; undefined while it is impaired. */
export const restoredAt = ({ intervals }: Impaired): number | undefined => restorationOf(intervals.at(-1)!);

/** When it was resolved for good; undefined before that. */
export const resolvedAt = ({ intervals }: Impaired): number | undefined => intervals.at(-1)!.resolvedAt;

/** Milliseconds of impact of a restored incident: the sum of its intervals, the first counted from `since`. */
export const impactOf = ({ intervals }: Impaired, since: number): number =>
  spansOf(intervals, since).reduce((sum, span) => sum + span, 0);

/** An interval ends before it begins, or before the one that it follows: no duration can be made of it. */
export const isDisordered = ({ intervals }: Impaired, since: number): boolean =>
  spansOf(intervals, since).some(span => span < 0) ||
  intervals.some(({ from }, index) => index > 0 && from < (restorationOf(intervals[index - 1]!) ?? from));

export const lastRestored = (intervals: Intervals, at: Partial<Interval>): Intervals =>
  intervals.with(-1, { ...at, ...intervals.at(-1)! });

/** One that was not restored yet goes on as it was. */
export const reopened = (intervals: Intervals, from: number): Intervals =>
  restorationOf(intervals.at(-1)!) === undefined ? intervals : [...intervals, { from }];

/** What was corrected counts; one that goes on still has no end. */
export const corrected = (
  intervals: Intervals,
  { interval, startedAt, endedAt }: DataOf<'ImpactIntervalCorrected'>,
): Intervals =>
  intervals.map((each, index) =>
    index === interval - 1
      ? { ...each, from: Date.parse(startedAt), ...(endedAt !== undefined && { mitigatedAt: Date.parse(endedAt) }) }
      : each,
  );

const restorationOf = ({ mitigatedAt, resolvedAt: at }: Interval): number | undefined => mitigatedAt ?? at;

const spansOf = (intervals: Intervals, since: number): readonly number[] =>
  intervals.map((interval, index) => (restorationOf(interval) ?? Number.NaN) - (index === 0 ? since : interval.from));
