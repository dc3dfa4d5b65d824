// Instants are RFC 3339 in UTC. As texts they do not sort: `…00Z` comes after `…00.500Z`.

export type Span = Readonly<{ hours?: number; minutes?: number; seconds?: number }>;

const timeOf = (instant: string): number => {
  const time = Date.parse(instant);
  if (Number.isNaN(time)) throw new RangeError(`${instant} is not an instant`);
  return time;
};

const millisecondsOf = ({ hours = 0, minutes = 0, seconds = 0 }: Span): number =>
  ((hours * 60 + minutes) * 60 + seconds) * 1_000;

/** The instant a span later, or earlier when the span is negative, with milliseconds. Throws RangeError on what is none. */
export const after = (instant: string, span: Span): string =>
  new Date(timeOf(instant) + millisecondsOf(span)).toISOString();

export const isBefore = (instant: string, other: string): boolean => timeOf(instant) < timeOf(other);

export const earliest = (first: string, ...others: readonly string[]): string =>
  others.reduce((found, each) => (isBefore(each, found) ? each : found), first);

export const latest = (first: string, ...others: readonly string[]): string =>
  others.reduce((found, each) => (isBefore(found, each) ? each : found), first);

/** Negative when `to` is before `from`; with fractions. */
export const minutesBetween = (from: string, to: string): number => (timeOf(to) - timeOf(from)) / 60_000;
