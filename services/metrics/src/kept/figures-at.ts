import { definitions } from '../measures/index.ts';
import type { Span } from '../periods/calendar.ts';
import type { Placed } from '../read/facts.query.ts';
import { type Measured, measuresOf } from '../report/delivery-report.ts';
import { scoped } from '../rows/known.ts';
import { ledgerOf, recordsOf } from '../rows/ledger.ts';
import { periodOfMonth } from './reporting-calendar.ts';

/** The figures of a service in a month that is over, by what was known at a position. */
export const figuresAt = (
  facts: readonly Placed[],
  position: number,
  serviceId: string,
  month: Span,
  zone: string,
): readonly Measured[] => {
  const known = facts.filter(fact => fact.position <= position);
  return measuresOf(
    scoped(ledgerOf(recordsOf(known)), { serviceIds: [serviceId] }),
    definitions,
    periodOfMonth(month, zone, month.to),
  );
};
