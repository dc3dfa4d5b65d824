// RFC 3339 instants differ in their fractional digits, so they do not compare as text.

export const isBefore = (one: string, other: string): boolean => Temporal.Instant.compare(one, other) < 0;

export const earlier = (one: string, other: string): string => (isBefore(other, one) ? other : one);

/** Negative when `to` is before `from`. */
export const minutesBetween = (from: string, to: string): number =>
  Temporal.Instant.from(from).until(Temporal.Instant.from(to)).total('minutes');

export const plusMinutes = (instant: string, minutes: number): string =>
  Temporal.Instant.from(instant).add({ minutes }).toString();
