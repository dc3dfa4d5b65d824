/** Days of a zone, which are 23 to 25 hours long when its clocks are changed. Instants are milliseconds since 1970. */
export type Span = Readonly<{ from: number; to: number }>;
export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';
/** A period of the calendar by its name: `2026-03-02`, `2026-W10`, `2026-03`, `2026-Q1`, `2026`. */
export type Named = Span & Readonly<{ name: string; unit: Unit }>;

const NAME = /^(\d{4})(?:-(?:W(\d{2})|Q([1-4])|(\d{2})(?:-(\d{2}))?))?$/;

/** The period of that name in a zone; undefined when there is none. Weeks are those of ISO 8601: from Monday, the first has a Thursday. */
export const periodNamed = (name: string, zone: string): Named | undefined => {
  const match = NAME.exec(name);
  if (!match) return undefined;
  const [year = 0, week, quarter, month, day] = match
    .slice(1)
    .map(part => (part === undefined ? undefined : Number(part)));
  try {
    if (week !== undefined) return weekNamed(name, year, week, zone);
    const first = { year, month: quarter === undefined ? (month ?? 1) : quarter * 3 - 2, day: day ?? 1 };
    const start = Temporal.PlainDate.from(first, { overflow: 'reject' });
    const unit = day ? 'day' : month ? 'month' : quarter ? 'quarter' : 'year';
    return named(start, unit, zone);
  } catch {
    return undefined;
  }
};

const weekNamed = (name: string, year: number, week: number, zone: string): Named | undefined => {
  const inFirst = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const monday = inFirst.subtract({ days: inFirst.dayOfWeek - 1 }).add({ weeks: week - 1 });
  const found = named(monday, 'week', zone);
  return found.name === name ? found : undefined;
};

/** The periods of a unit that a span touches, cut to it, in their order. */
export const periodsIn = ({ from, to }: Span, unit: Unit, zone: string, most: number): readonly Named[] => {
  const found: Named[] = [];
  let start = startOf(dateAt(from, zone), unit);
  for (let each = named(start, unit, zone); each.from < to && found.length <= most; each = named(start, unit, zone)) {
    found.push({ ...each, from: Math.max(each.from, from), to: Math.min(each.to, to) });
    start = start.add(LENGTHS[unit]);
  }
  return found;
};

/** The span just before it: as many days of the zone when it begins and ends with one, else as long. */
export const spanBefore = ({ from, to }: Span, zone: string, unit?: Unit): Span => {
  const [start, end] = [dateAt(from, zone), dateAt(to, zone)];
  if (unit) return { from: midnight(start.subtract(LENGTHS[unit]), zone), to: from };
  const isOfDays = midnight(start, zone) === from && midnight(end, zone) === to;
  return isOfDays
    ? { from: midnight(start.subtract(start.until(end, { largestUnit: 'day' })), zone), to: from }
    : { from: from - (to - from), to: from };
};

/** The calendar days of a zone that a span touches. */
export const daysTouched = ({ from, to }: Span, zone: string): number =>
  to <= from ? 0 : dateAt(from, zone).until(dateAt(to - 1, zone), { largestUnit: 'day' }).days + 1;

/** Days of a zone, with the parts of the first and the last one. */
export const daysIn = ({ from, to }: Span, zone: string): number => {
  if (to <= from) return 0;
  const place = (at: number): number => {
    const date = dateAt(at, zone);
    const [start, end] = [midnight(date, zone), midnight(date.add({ days: 1 }), zone)];
    return EPOCH.until(date, { largestUnit: 'day' }).days + (at - start) / (end - start);
  };
  return place(to) - place(from);
};

const EPOCH = Temporal.PlainDate.from('1970-01-01');

/** The day of a zone at an instant: `2026-03-29`. */
export const dayAt = (at: number, zone: string): string => dateAt(at, zone).toString();

/** The first instant of a day of a zone. */
export const midnightOf = (day: string, zone: string): number => midnight(Temporal.PlainDate.from(day), zone);

/** The name of a zone as IANA writes it, an alias as it is; undefined when there is no such zone. Offsets and instants are none. */
export const zoneNamed = (zone: string): string | undefined => {
  if (!/^[A-Za-z][\w+-]*(\/[\w+-]+)*$/.test(zone)) return undefined;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).timeZoneId;
  } catch {
    return undefined;
  }
};

const LENGTHS: Readonly<Record<Unit, Temporal.DurationLike>> = {
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
};

const dateAt = (at: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

const midnight = (date: Temporal.PlainDate, zone: string): number => date.toZonedDateTime(zone).epochMilliseconds;

const startOf = (date: Temporal.PlainDate, unit: Unit): Temporal.PlainDate => {
  if (unit === 'day') return date;
  if (unit === 'week') return date.subtract({ days: date.dayOfWeek - 1 });
  const month = unit === 'month' ? date.month : unit === 'quarter' ? date.month - ((date.month - 1) % 3) : 1;
  return date.with({ month, day: 1 });
};

const named = (start: Temporal.PlainDate, unit: Unit, zone: string): Named => ({
  name: nameOf(start, unit),
  unit,
  from: midnight(start, zone),
  to: midnight(start.add(LENGTHS[unit]), zone),
});

const nameOf = (start: Temporal.PlainDate, unit: Unit): string => {
  const year = String(start.year).padStart(4, '0');
  const two = (value: number | undefined): string => String(value).padStart(2, '0');
  if (unit === 'day') return start.toString();
  if (unit === 'week') return `${String(start.yearOfWeek).padStart(4, '0')}-W${two(start.weekOfYear)}`;
  if (unit === 'month') return `${year}-${two(start.month)}`;
  return unit === 'quarter' ? `${year}-Q${Math.ceil(start.month / 3)}` : year;
};
