import { invalidFields, ProblemException } from '@slipway/edge';
import { midnightOf, periodNamed, type Span, type Unit, zoneNamed } from '../periods/calendar.ts';
import { type BusinessCalendar, NINE_TO_FIVE } from '../periods/business-time.ts';
import type { Period } from '../periods/period.ts';
import type { MeasureQuery } from './metrics.query.dto.ts';

const DAY = 86_400_000;
const LONGEST = 3_660 * DAY;
const LAST = Date.UTC(9999, 0, 1);

export type AskedPeriod = Readonly<{ period: Period; unit?: Unit }>;

/** The time that is asked about: a calendar period by name, or from and to; 30 days until now when nothing is said. */
export const periodOf = (query: MeasureQuery, now: number): AskedPeriod => {
  const zone = zoneOf('zone', query.zone ?? 'UTC');
  const business = businessOf(query, zone);
  const named = query.period === undefined ? undefined : namedPeriod(query, query.period, zone);
  const { from, to } = named ?? spanOf(query, zone, now);
  if (from >= to) throw invalid('from must be before to.');
  if (to - from > LONGEST) throw invalid('A period is at most ten years long.');
  if (from < 0 || to > LAST) throw invalid('A period is between the years 1970 and 9998.');
  const period = { from, to, now: Math.max(from, Math.min(now, to)), zone, business };
  return { period, ...(named && { unit: named.unit }) };
};

const spanOf = ({ from, to }: MeasureQuery, zone: string, now: number): Span => {
  const end = to === undefined ? now : momentOf(to, zone);
  return { from: from === undefined ? end - 30 * DAY : momentOf(from, zone), to: end };
};

/** An instant, or the beginning of a day of the zone. */
const momentOf = (said: string, zone: string): number =>
  /^\d{4}-\d{2}-\d{2}$/.test(said) ? midnightOf(said, zone) : Date.parse(said);

/** The instant that is asked as of. */
export const asOfInstant = (asOf: string, zone: string): string => new Date(momentOf(asOf, zone)).toISOString();

const namedPeriod = (query: MeasureQuery, name: string, zone: string) => {
  if (query.from !== undefined || query.to !== undefined) throw invalid('Name a period, or say from and to: not both.');
  const found = periodNamed(name, zone);
  if (!found) throw invalid(`There is no period ${name}.`);
  return found;
};

const zoneOf = (field: string, zone: string): string => {
  const found = zoneNamed(zone);
  if (found === undefined) throw invalidFields([{ pointer: `/${field}`, detail: 'it is no IANA time zone' }]);
  return found;
};

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

const businessOf = (query: MeasureQuery, zone: string): BusinessCalendar => {
  const { businessZone, businessHours, businessDays, holidays } = query;
  const [from, to] = businessHours?.split('-').map(minuteOf) ?? [NINE_TO_FIVE.fromMinute, NINE_TO_FIVE.toMinute];
  if (from! >= to!) throw invalidFields([{ pointer: '/businessHours', detail: 'they must begin before they end' }]);
  return {
    zone: businessZone === undefined ? zone : zoneOf('businessZone', businessZone),
    fromMinute: from!,
    toMinute: to!,
    weekdays: businessDays?.split(',').map(day => WEEKDAYS.indexOf(day) + 1) ?? NINE_TO_FIVE.weekdays,
    holidays: holidays?.split(',') ?? [],
  };
};

const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

const invalid = (detail: string) => new ProblemException({ status: 400, code: 'invalid-period', detail });
