import { earliestKept } from '../kept/cells.ts';
import { type Named, periodNamed, type Unit } from '../periods/calendar.ts';
import type { Period } from '../periods/period.ts';
import { begunIn } from '../report/delivery-report.ts';
import type { Scope } from '../rows/known.ts';
import type { MeasureQuery } from './metrics.query.dto.ts';

const SERVICES_ONLY = ['environment', 'region', 'releaseKind', 'changeModel', 'size', 'pattern'] as const;
const USUAL = ['businessZone', 'businessHours', 'businessDays', 'holidays', 'position', 'asOf', 'benchmark'] as const;

type AskedReport = Readonly<{ scope: Scope; period: Period; unit?: Unit }>;

/**
 * The months whose figures are kept, when that is what a query asks for: services, each by itself, in whole months of the zone
 * that the installation reports in, as everything is known now. Anything else is worked out when it is asked for.
 */
export const keptMonthsOf = (
  query: MeasureQuery,
  { scope, period, unit }: AskedReport,
  zone: string,
): readonly Named[] | undefined => {
  const isByService = query.by === 'service' || (query.by === undefined && scope.serviceIds === undefined);
  const isMonthly = query.every === 'month' || (query.every === undefined && unit === 'month');
  const isPlain = [...SERVICES_ONLY, ...USUAL].every(field => query[field] === undefined);
  if (!isByService || !isMonthly || !isPlain || query.compare || query.members || period.zone !== zone)
    return undefined;
  const months = begunIn(period, 'month');
  const isWhole = months.every(({ name, from, to }) => {
    const whole = periodNamed(name, zone);
    return whole?.from === from && whole.to === to;
  });
  return isWhole && months.length > 0 && months[0]!.from >= earliestKept(period.now) ? months : undefined;
};
