import type { Definition } from '../measures/definition.ts';
import { definitions } from '../measures/index.ts';
import type { Named, Span } from '../periods/calendar.ts';
import { type Measured, measuresOf } from '../report/delivery-report.ts';
import type { Change } from '../rows/changes.ts';
import type { Incident } from '../rows/incident.ts';
import { knownOf, scoped } from '../rows/known.ts';
import type { Ledger } from '../rows/ledger.ts';
import type { Run } from '../rows/run.ts';
import { MOST_MONTHS, monthsOf, periodOfMonth } from './reporting-calendar.ts';

/** What measures say of one service in one month: all that are kept do. */
export type Cell = Readonly<{
  period: string;
  from: number;
  to: number;
  /** Set while the month is not over: what was counted until then. */
  now?: number;
  measures: readonly Measured[];
}>;

/** Of what nobody asks for nothing is worked out. */
type Asked = Readonly<{ definitions: readonly Definition[]; isAsked: (month: Named) => boolean }>;
const ALL: Asked = { definitions, isAsked: () => true };

/** The figures of a service, month by month, from the first instant that is known of it until now; none when nothing is. */
export const cellsOf = (
  ledger: Ledger,
  serviceId: string,
  zone: string,
  now: number,
  asked: Asked = ALL,
): readonly Cell[] => {
  const months = monthsKnown(ledger, serviceId, zone, now).filter(asked.isAsked);
  if (months.length === 0) return [];
  const known = scoped(ledger, { serviceIds: [serviceId] });
  return months.map(({ name, from, to }) => ({
    period: name,
    from,
    to,
    ...(now < to && { now }),
    measures: measuresOf(known, asked.definitions, periodOfMonth({ from, to }, zone, now)),
  }));
};

/** The months that a service has figures of. */
export const monthsKnown = (ledger: Ledger, serviceId: string, zone: string, now: number): readonly Named[] => {
  const instants = instantsAbout(ledger, serviceId);
  if (instants === undefined) return [];
  const first = instants.reduce((a, b) => Math.min(a, b), now);
  return monthsOf(Math.max(first, earliestKept(now)), now, zone);
};

/** What every measure says where nothing is known. */
export const emptyMeasures = (month: Span, zone: string, now: number): readonly Measured[] =>
  measuresOf(NOTHING, definitions, periodOfMonth(month, zone, now));

/** Months that are older are worked out when they are asked for. */
export const earliestKept = (now: number): number => now - (MOST_MONTHS - 2) * 31 * 86_400_000;

const NOTHING = knownOf([], { serviceIds: [''] });

type Instants = readonly (number | undefined)[];

/** Every instant that is known of a service, or of an incident that it may have caused; undefined when not even a record is. */
const instantsAbout = ({ runs, incidents, changes }: Ledger, serviceId: string): readonly number[] | undefined => {
  const isAbout = ({ serviceIds }: Incident | Change): boolean => serviceIds.includes(serviceId);
  const own = runs.filter(run => run.serviceId === serviceId);
  const about = changes.filter(isAbout);
  if (own.length === 0 && about.length === 0 && !incidents.some(isAbout)) return undefined;
  const rows: readonly Instants[] = [
    ...own.map(instantsOfRun),
    ...incidents.map(instantsOfIncident),
    ...about.map(instantsOfChange),
  ];
  return rows.flat().filter((at): at is number => Number.isFinite(at));
};

const instantsOfRun = ({ startedAt, trafficAt, endedAt }: Run): Instants => [startedAt, trafficAt, endedAt];

const instantsOfIncident = ({ detectedAt, impactStartedAt, intervals }: Incident): Instants => [
  detectedAt,
  impactStartedAt,
  ...intervals.flatMap(({ from, mitigatedAt, resolvedAt }) => [from, mitigatedAt, resolvedAt]),
];

const instantsOfChange = ({ requestedAt, approvedAt, implementedAt, closedAt, canceledAt }: Change): Instants => [
  requestedAt,
  approvedAt,
  implementedAt,
  closedAt,
  canceledAt,
];
