import { NINE_TO_FIVE } from '../periods/business-time.ts';
import { dayAt, type Named, periodNamed, periodsIn, zoneNamed } from '../periods/calendar.ts';
import type { Period } from '../periods/period.ts';

/** In which zone an installation reports, and for how long a month is provisional after its end. */
export type ReportingCalendar = Readonly<{ zone: string; provisionalDays: number }>;

/** `METRICS_ZONE`: IANA, UTC when absent. `METRICS_PROVISIONAL_DAYS`: 14 when absent. */
export const reportingCalendarIn = (environment: NodeJS.ProcessEnv): ReportingCalendar => {
  const { METRICS_ZONE = 'UTC', METRICS_PROVISIONAL_DAYS = '14' } = environment;
  const zone = zoneNamed(METRICS_ZONE);
  if (zone === undefined) throw new Error(`METRICS_ZONE is ${METRICS_ZONE}, which is no IANA time zone.`);
  const provisionalDays = Number(METRICS_PROVISIONAL_DAYS);
  if (!Number.isInteger(provisionalDays) || provisionalDays < 0 || provisionalDays > 366)
    throw new Error(`METRICS_PROVISIONAL_DAYS is ${METRICS_PROVISIONAL_DAYS}; it must be a number of days up to 366.`);
  return { zone, provisionalDays };
};

/** The months from one instant to another, each in whole. */
export const monthsOf = (from: number, to: number, zone: string): readonly Named[] =>
  periodsIn({ from, to: to + 1 }, 'month', zone, MOST_MONTHS).map(({ name }) => periodNamed(name, zone)!);

/** The month of a zone at an instant: `2026-03`. */
export const monthAt = (at: number, zone: string): string => dayAt(at, zone).slice(0, 7);

/** Ten years. */
export const MOST_MONTHS = 120;

/** A month as a report asks for it: with the usual business calendar. */
export const periodOfMonth = ({ from, to }: Pick<Named, 'from' | 'to'>, zone: string, now: number): Period => ({
  from,
  to,
  now: Math.max(from, Math.min(now, to)),
  zone,
  business: { zone, ...NINE_TO_FIVE },
});
