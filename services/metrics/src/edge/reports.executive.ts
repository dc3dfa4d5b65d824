import type { Asked } from '@slipway/edge';
import { definitions } from '../measures/index.ts';
import type { AnsweredReport } from '../report/answered.ts';
import { type Executive, executiveReport } from '../report/executive.ts';
import type { MeasureQuery } from './metrics.query.dto.ts';
import type { Reporting } from './reporting.ts';
import type { ExecutiveQuery } from './reports.query.dto.ts';

/** Three delivery reports of one log position: the month by service, the month by team, and the twelve months that end with it. */
export const executiveFor = async (
  reporting: Reporting,
  asked: Asked,
  query: ExecutiveQuery,
  now: number,
): Promise<Executive> => {
  const { month = lastMonth(now, query.zone), format: _, afterEvent, position, asOf, ...limits } = query;
  const report = async (about: Readonly<Partial<MeasureQuery>>): Promise<AnsweredReport> =>
    (await reporting.report(asked, definitions, { ...limits, compare: true, ...about })).body as AnsweredReport;
  const when = {
    ...(afterEvent !== undefined && { afterEvent }),
    ...(position !== undefined && { position }),
    ...(asOf !== undefined && { asOf }),
  };
  const ofMonth = await report({ period: month, by: 'service', ...when });
  const same = { position: ofMonth.position };
  const ofYear = await report({ ...yearUntil(month), every: 'month', by: 'none', ...same });
  const ofTeams = query.team === undefined ? await report({ period: month, by: 'team', ...same }) : undefined;
  return executiveReport({ month, ofMonth, ofYear, ...(ofTeams && { ofTeams }) });
};

/** The last month that is over by the clocks of a zone; of UTC when there is no such zone, which is refused later. */
const lastMonth = (now: number, zone = 'UTC'): string => {
  const at = Temporal.Instant.fromEpochMilliseconds(now);
  const today = inZone(at, zone) ?? at.toZonedDateTimeISO('UTC');
  return today.toPlainDate().toPlainYearMonth().subtract({ months: 1 }).toString();
};

const inZone = (at: Temporal.Instant, zone: string): Temporal.ZonedDateTime | undefined => {
  try {
    return at.toZonedDateTimeISO(zone);
  } catch {
    return undefined;
  }
};

/** Twelve months, as days of the zone. */
const yearUntil = (month: string): Readonly<{ from: string; to: string }> => {
  const last = Temporal.PlainYearMonth.from(month);
  const firstDay = (of: Temporal.PlainYearMonth): string => of.toPlainDate({ day: 1 }).toString();
  return { from: firstDay(last.subtract({ months: 11 })), to: firstDay(last.add({ months: 1 })) };
};
