import { definitions } from '../measures/index.ts';
import type { Span } from '../periods/calendar.ts';
import type { Placed } from '../read/facts.query.ts';
import { type Measured, measuresOf } from '../report/delivery-report.ts';
import { scoped } from '../rows/known.ts';
import { ledgerOf, recordsOf } from '../rows/ledger.ts';
import { periodOfMonth } from './reporting-calendar.ts';

/** The figures of a service in some months by what was known at a position. */
export const figuresAt = (
  facts: readonly Placed[],
  position: number,
  serviceId: string,
  months: readonly (Span & Readonly<{ period: string }>)[],
  zone: string,
): ReadonlyMap<string, readonly Measured[]> => {
  const known = scoped(ledgerOf(recordsOf(facts.filter(fact => fact.position <= position))), {
    serviceIds: [serviceId],
  });
  return new Map(
    months.map(({ period, from, to }) => [
      period,
      measuresOf(known, definitions, periodOfMonth({ from, to }, zone, to)),
    ]),
  );
};
