import type { ReportingCalendar } from '../kept/reporting-calendar.ts';
import { instant } from '../periods/period.ts';
import type { ClosedPeriod, KeptPeriod } from '../read/periods.query.ts';

const DAY_MS = 86_400_000;

/** The state of each month that has figures: open while it lasts, provisional after it, closed by its event. The last first. */
export const periodsShown = (
  kept: readonly (KeptPeriod & Partial<ClosedPeriod>)[],
  closed: readonly ClosedPeriod[],
  { provisionalDays }: ReportingCalendar,
  now: number,
) =>
  [...new Map([...kept, ...closed].map(each => [each.period, each])).values()]
    .toSorted((a, b) => (a.period < b.period ? 1 : -1))
    .map(each => ({
      period: each.period,
      from: instant(each.from),
      to: instant(each.to),
      ...(each.closedAt !== undefined
        ? { state: 'closed', closedAt: each.closedAt, position: each.position }
        : now < each.to
          ? { state: 'open' }
          : { state: 'provisional', closesAt: instant(each.to + provisionalDays * DAY_MS) }),
    }));
