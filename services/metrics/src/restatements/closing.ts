import { isRejection } from '@slipway/event-sourcing';
import { type Ask, askedByProcess, askingThrough, type Service } from '@slipway/service';
import type { CloseReportingPeriod } from '../domain/reporting-period.ts';
import type { ReportingCalendar } from '../kept/reporting-calendar.ts';
import { instant } from '../periods/period.ts';
import { streamOf } from './telling.ts';

/** History that is being imported is waited for: for so long after its last row. */
const QUIET_MS = 24 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

type Due = Readonly<{ period: string; from: number; to: number }>;

const DUE = `
  SELECT DISTINCT period, extract(epoch FROM from_at)::float8 * 1000 AS "from", extract(epoch FROM to_at)::float8 * 1000 AS "to"
  FROM cells_v1
  WHERE zone = $1 AND to_at <= $2::timestamptz
    AND NOT EXISTS (SELECT FROM closed_periods_v1 AS closed WHERE closed.period = cells_v1.period)
    AND NOT EXISTS (
      SELECT FROM imported_days_v1
      WHERE day BETWEEN (from_at - interval '1 day')::date AND to_at::date AND recorded_at > $3::timestamptz)
  ORDER BY period LIMIT 36`;

/** Closes the months that have been provisional for long enough, and to which no history is being imported. The oldest first. */
export const closeDue = async (service: Service, calendar: ReportingCalendar, now: number): Promise<void> => {
  const due = await dueOf(askingThrough(service.dataSource), calendar, now);
  for (const month of due) await close(service, calendar, month);
};

const dueOf = (ask: Ask, { zone, provisionalDays }: ReportingCalendar, now: number): Promise<readonly Due[]> =>
  ask<Due>(DUE, [zone, instant(now - provisionalDays * DAY_MS), instant(now - QUIET_MS)]);

const close = async (
  service: Service,
  { zone, provisionalDays }: ReportingCalendar,
  { period, from, to }: Due,
): Promise<void> => {
  const stream = streamOf(period);
  const command: CloseReportingPeriod = {
    type: 'CloseReportingPeriod',
    data: { period, zone, from: instant(from), to: instant(to), provisionalDays },
  };
  const asked = askedByProcess('close-reporting-periods', stream, `${period} closed`);
  const outcome = await service.attempt(asked, { stream, command, creates: true });
  if (isRejection(outcome)) throw new Error(`${period} could not be closed: ${outcome.reason}`);
};
