import { definitions } from '../measures/index.ts';
import type { Span } from '../periods/calendar.ts';
import { type Measured, measuresOf } from '../report/delivery-report.ts';
import type { Change } from '../rows/changes.ts';
import type { Incident } from '../rows/incident.ts';
import { knownOf, scoped } from '../rows/known.ts';
import type { Ledger } from '../rows/ledger.ts';
import type { Run } from '../rows/run.ts';
import { MOST_MONTHS, monthsOf, periodOfMonth } from './reporting-calendar.ts';

/** What every measure says of one service in one month. */
export type Cell = Readonly<{
  period: string;
  from: number;
  to: number;
  /** Set while the month is not over: what was counted until then. */
  now?: number;
  measures: readonly Measured[];
}>;

/** The figures of a service, month by month, from the first instant that is known of it until now; none when nothing is. */
export const cellsOf = (ledger: Ledger, serviceId: string, zone: string, now: number): readonly Cell[] => {
  const rows = rowsAbout(ledger, serviceId);
  if (rows.length === 0) return [];
  const first = rows.flatMap(({ instants }) => instants).reduce((a, b) => Math.min(a, b), now);
  const known = scoped(ledger, { serviceIds: [serviceId] });
  return monthsOf(Math.max(first, earliestKept(now)), now, zone).map(({ name, from, to }) => ({
    period: name,
    from,
    to,
    ...(now < to && { now }),
    measures: measuresOf(known, definitions, periodOfMonth({ from, to }, zone, now)),
  }));
};

/** What every measure says where nothing is known. */
export const emptyMeasures = (month: Span, zone: string, now: number): readonly Measured[] =>
  measuresOf(NOTHING, definitions, periodOfMonth(month, zone, now));

/** Months that are older are worked out when they are asked for. */
export const earliestKept = (now: number): number => now - (MOST_MONTHS - 2) * 31 * 86_400_000;

const NOTHING = knownOf([], { serviceIds: [''] });

type Instants = readonly (number | undefined)[];

const rowsAbout = (ledger: Ledger, serviceId: string) => {
  const isAbout = ({ serviceIds }: Incident | Change): boolean => serviceIds.includes(serviceId);
  return [
    ...ledger.runs.filter(run => run.serviceId === serviceId).map(instantsOfRun),
    ...ledger.incidents.filter(isAbout).map(instantsOfIncident),
    ...ledger.changes.filter(isAbout).map(instantsOfChange),
  ].map((instants: Instants) => ({
    instants: instants.filter(at => at !== undefined && Number.isFinite(at)) as number[],
  }));
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
