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
