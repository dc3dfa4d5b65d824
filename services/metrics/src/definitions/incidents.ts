import { byRecord, type Fact, instantOf } from './facts.ts';

export type Cause = Readonly<{
  kind: Extract<Fact, { type: 'CauseConfirmed' }>['data']['kind'];
  deploymentId?: string;
  changeId?: string;
  primary: boolean;
}>;

/** From an impact to the restoration of the service: mitigated, else resolved. */
type Interval = Readonly<{ from: number; mitigatedAt?: number; resolvedAt?: number }>;

/** Instants are milliseconds since 1970. */
export type Incident = Readonly<{
  id: string;
  serviceIds: readonly string[];
  environmentId?: string;
  detectedAt: number;
  impactStartedAt: number;
  /** One more for each time it was reopened; the first is from its detection. */
  intervals: readonly Interval[];
  /** The confirmed ones that were not rejected or withdrawn afterwards. */
  causes: readonly Cause[];
  /** A duplicate, or a false alarm. */
  canceled: boolean;
}>;

export const incidentsOf = (facts: readonly Fact[]): readonly Incident[] =>
  [...byRecord(facts, 'incident')].flatMap(([id, record]) => {
    const incident = record.reduce<Incident | undefined>((state, fact) => evolve(id, state, fact), undefined);
    return incident ? [incident] : [];
  });

/** When the service was restored for good, as far as we know; undefined while it is impaired. */
export const restoredAt = ({ intervals }: Incident): number | undefined => restorationOf(intervals.at(-1)!);

/** When it was resolved for good; undefined before that. */
export const resolvedAt = ({ intervals }: Incident): number | undefined => intervals.at(-1)!.resolvedAt;

/**
 * Milliseconds of impact of a restored incident: the sum of its intervals, the first counted from `since`.
 * `disordered`: an interval ends before it begins, and counts as nothing.
 */
export const impactOf = ({ intervals }: Incident, since: number): Readonly<{ total: number; disordered: boolean }> => {
  const spans = intervals.map(
    (interval, index) => (restorationOf(interval) ?? Number.NaN) - (index === 0 ? since : interval.from),
  );
  return { total: spans.reduce((sum, span) => sum + Math.max(0, span), 0), disordered: spans.some(span => span < 0) };
};

/** A deployment or a change of ours was confirmed as a cause. */
export const isReleaseRelated = ({ causes }: Incident): boolean =>
  causes.some(({ kind }) => kind === 'deployment' || kind === 'change');

const restorationOf = ({ mitigatedAt, resolvedAt: at }: Interval): number | undefined => mitigatedAt ?? at;

const evolve = (id: string, incident: Incident | undefined, fact: Fact): Incident | undefined => {
  const at = instantOf(fact);
  if (fact.type === 'IncidentDetected') return detected(id, at, fact.data);
  if (!incident) return undefined;
  switch (fact.type) {
    case 'ImpactStartCorrected':
      return { ...incident, impactStartedAt: Date.parse(fact.data.impactStartedAt) };
    case 'EarlierAlertFound': {
      const { detectedAt, impactStartedAt } = fact.data;
      return { ...incident, detectedAt: Date.parse(detectedAt), impactStartedAt: Date.parse(impactStartedAt) };
    }
    case 'ImpactIntervalCorrected':
      return { ...incident, intervals: corrected(incident.intervals, fact.data) };
    case 'CauseConfirmed':
      return { ...incident, causes: confirmed(incident.causes, fact.data) };
    case 'CauseRejected':
      return { ...incident, causes: incident.causes.filter(cause => cause.deploymentId !== fact.data.deploymentId) };
    case 'CauseWithdrawn':
      return { ...incident, causes: incident.causes.filter(cause => !isSame(cause, fact.data)) };
    case 'IncidentMitigated':
      return last(incident, interval => ({ ...interval, mitigatedAt: interval.mitigatedAt ?? at }));
    case 'IncidentResolved':
      return last(incident, interval => ({ ...interval, resolvedAt: interval.resolvedAt ?? at }));
    case 'IncidentReopened':
      return reopened(incident, at);
    case 'IncidentCanceled':
      return { ...incident, canceled: true };
    default:
      return incident;
  }
};

const detected = (id: string, at: number, data: Extract<Fact, { type: 'IncidentDetected' }>['data']): Incident => ({
  id,
  serviceIds: data.serviceIds,
  ...(data.environmentId !== undefined && { environmentId: data.environmentId }),
  detectedAt: at,
  impactStartedAt: Date.parse(data.impactStartedAt),
  intervals: [{ from: at }],
  causes: [],
  canceled: false,
});

type Subject = Readonly<{
  kind: Cause['kind'];
  deploymentId?: string | undefined;
  changeId?: string | undefined;
}>;

const isSame = (one: Subject, other: Subject): boolean =>
  one.kind === other.kind &&
  one.deploymentId === other.deploymentId &&
  (one.kind !== 'change' || one.changeId === other.changeId);

type Corrected = Extract<Fact, { type: 'ImpactIntervalCorrected' }>['data'];

/** What was corrected counts; one that goes on still has no end. */
const corrected = (intervals: Incident['intervals'], { interval, startedAt, endedAt }: Corrected) =>
  intervals.map((each, index) =>
    index === interval - 1
      ? { ...each, from: Date.parse(startedAt), ...(endedAt !== undefined && { mitigatedAt: Date.parse(endedAt) }) }
      : each,
  );

/** The same cause confirmed again takes the place of the first verdict; there is one primary. */
const confirmed = (causes: readonly Cause[], { kind, deploymentId, changeId, primary }: Cause): readonly Cause[] => {
  const others = causes
    .filter(cause => !isSame(cause, { kind, deploymentId, changeId }))
    .map(cause => (primary ? { ...cause, primary: false } : cause));
  const cause = {
    kind,
    ...(deploymentId !== undefined && { deploymentId }),
    ...(changeId !== undefined && { changeId }),
    primary,
  };
  return [...others, cause];
};

/** One that was not restored yet goes on as it was. */
const reopened = (incident: Incident, at: number): Incident =>
  restoredAt(incident) === undefined
    ? { ...incident, canceled: false }
    : { ...incident, canceled: false, intervals: [...incident.intervals, { from: at }] };

const last = (incident: Incident, change: (interval: Interval) => Interval): Incident => ({
  ...incident,
  intervals: incident.intervals.with(-1, change(incident.intervals.at(-1)!)),
});
