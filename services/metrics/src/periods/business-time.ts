/** When a business works. Hours by its own clocks: minutes since midnight; 1 is Monday. */
export type BusinessCalendar = Readonly<{
  zone: string;
  fromMinute: number;
  toMinute: number;
  weekdays: readonly number[];
  /** Days on which it does not: `2026-05-01`. */
  holidays: readonly string[];
}>;

/** Monday to Friday, nine to five. */
export const NINE_TO_FIVE = { fromMinute: 9 * 60, toMinute: 17 * 60, weekdays: [1, 2, 3, 4, 5], holidays: [] } as const;

/**
 * Milliseconds of business time between two instants, which are milliseconds since 1970. The hours of a day are taken by the clocks
 * of the zone, so that nine to five is eight hours on every day, but where the clocks are changed within them.
 */
export const businessTime = (calendar: BusinessCalendar, from: number, to: number): number => {
  const { zone, weekdays, holidays } = calendar;
  const off = new Set(holidays);
  const last = dateAt(to, zone);
  let total = 0;
  for (let day = dateAt(from, zone); Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 }))
    if (weekdays.includes(day.dayOfWeek) && !off.has(day.toString()))
      total += overlap(hoursOf(calendar, day), from, to);
  return total;
};

const hoursOf = ({ zone, fromMinute, toMinute }: BusinessCalendar, day: Temporal.PlainDate) =>
  [clock(day, fromMinute, zone), clock(day, toMinute, zone)] as const;

const clock = (day: Temporal.PlainDate, minute: number, zone: string): number =>
  minute === 24 * 60
    ? day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds
    : day.toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(Math.floor(minute / 60), minute % 60) })
        .epochMilliseconds;

const overlap = ([opens, closes]: readonly [number, number], from: number, to: number): number =>
  Math.max(0, Math.min(closes, to) - Math.max(opens, from));

const dateAt = (at: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
