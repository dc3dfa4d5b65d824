import type { Cadence, Window } from '@slipway/contracts';
import { invalidFields } from '@slipway/edge';
import { RRuleTemporal } from 'rrule-temporal';

/** `departure` is the instant at which its window opens. */
export type Departure = Readonly<{ departure: string; local: string; window: Window }>;

// A rule that asks for more is none that a train could follow.
const BOUNDS = { maxIterations: 1_000, maxCandidateEvaluations: 100_000 };

/** The next departures after an instant, over changes of daylight saving time; fewer when there are no more. */
export const departuresAfter = (cadence: Cadence, after: string, count: number): readonly Departure[] => {
  const rule = ruleOf(cadence);
  const found: Departure[] = [];
  for (let from = new Date(after); found.length < count;) {
    const next = rule.next(from);
    if (!next) break;
    found.push(departureAt(cadence, next.epochMilliseconds, next.toString()));
    from = new Date(next.epochMilliseconds);
  }
  return found;
};

/** The departure at an instant, where there is one. */
export const departureOf = (cadence: Cadence, at: string): Departure | undefined => {
  const [next] = departuresAfter(cadence, new Date(Date.parse(at) - 1).toISOString(), 1);
  return next && Date.parse(next.departure) === Date.parse(at) ? next : undefined;
};

/** What of a cadence cannot be followed; nothing when it can. Throws `invalid-fields`. */
export const requireCadence = (cadence: Cadence): void => {
  const error = errorOf(() => ruleOf({ ...cadence, rrule: 'FREQ=DAILY' }));
  if (error !== undefined && !isTimeZone(cadence.timeZone)) throw refused('/cadence/timeZone', 'it is no time zone');
  if (error !== undefined) throw refused('/cadence/start', 'there is no such day or time');
  const unfollowed = errorOf(() => departuresAfter(cadence, BEGINNING, 1));
  if (unfollowed !== undefined) throw refused('/cadence/rrule', unfollowed);
  if (departuresAfter(cadence, BEGINNING, 1).length === 0) throw refused('/cadence/rrule', 'it never departs');
};

const BEGINNING = '1970-01-01T00:00:00Z';

const ruleOf = ({ start, timeZone, rrule }: Cadence): RRuleTemporal =>
  new RRuleTemporal({
    rruleString: `DTSTART;TZID=${timeZone}:${start.replaceAll(/[-:]/g, '')}00\nRRULE:${rrule}`,
    strict: true,
    ...BOUNDS,
  });

const departureAt = ({ durationMinutes }: Cadence, milliseconds: number, local: string): Departure => {
  const departure = new Date(milliseconds).toISOString();
  const end = new Date(milliseconds + durationMinutes * 60_000).toISOString();
  return { departure, local, window: { start: departure, end } };
};

const errorOf = (work: () => unknown): string | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const isTimeZone = (timeZone: string): boolean =>
  errorOf(() => new Intl.DateTimeFormat('en', { timeZone })) === undefined;

const refused = (pointer: string, detail: string) => invalidFields([{ pointer, detail }]);
