import type { DeploymentEvent, EnvironmentEvent, IncidentEvent, ReleaseEvent, ServiceEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';

export type MeasuredEvent = DeploymentEvent | EnvironmentEvent | IncidentEvent | ReleaseEvent | ServiceEvent;
type Data<Type extends string> = Extract<MeasuredEvent, { type: Type }>['data'];

/** What is kept of which event. No text that was sealed, and nobody's pseudonym. */
export const kept = {
  ServiceRegistered: ['name'],
  ServiceUpdated: ['name'],
  EnvironmentRegistered: ['name', 'tier'],
  EnvironmentUpdated: ['name', 'tier'],
  ArtifactAttached: ['artifact'],
  ArtifactDetached: ['serviceId', 'digest'],
  DeploymentRequested: ['kind', 'target', 'production', 'digests', 'changeId', 'releaseId', 'undoes'],
  DeploymentKindCorrected: ['kind', 'undoes'],
  DeploymentStarted: [],
  TrafficTaken: [],
  DeploymentSucceeded: [],
  DeploymentFailed: [],
  VerificationFailed: [],
  DeploymentRolledBack: ['cause'],
  DeploymentCanceled: [],
  IncidentDetected: ['serviceIds', 'environmentId', 'impactStartedAt'],
  ImpactStartCorrected: ['impactStartedAt'],
  EarlierAlertFound: ['detectedAt', 'impactStartedAt'],
  ImpactIntervalCorrected: ['interval', 'startedAt', 'endedAt'],
  CauseConfirmed: ['kind', 'deploymentId', 'changeId', 'primary'],
  CauseRejected: ['deploymentId'],
  CauseWithdrawn: ['kind', 'deploymentId', 'changeId'],
  IncidentMitigated: [],
  IncidentResolved: [],
  IncidentReopened: [],
  IncidentCanceled: [],
} as const satisfies { readonly [Type in MeasuredEvent['type']]?: readonly (keyof Data<Type>)[] };

export type FactType = keyof typeof kept;

type FactOf<Type extends FactType> = Readonly<{
  type: Type;
  stream: string;
  version: number;
  data: Readonly<Pick<Data<Type>, (typeof kept)[Type][number] & keyof Data<Type>>> & Readonly<{ occurredAt: string }>;
}>;

/** One event, as far as a measure needs it. A set of them is all that any figure depends on. */
export type Fact = { [Type in FactType]: FactOf<Type> }[FactType];

/** The fact in an event; none when no measure needs it. */
export const factOf = (
  event: Readonly<{ type: string; stream: string; version: number; data: object }>,
): Fact | undefined => {
  if (!Object.hasOwn(kept, event.type)) return undefined;
  const { type, stream, version } = event;
  const fields: readonly string[] = [...kept[type as FactType], 'occurredAt'];
  const data = Object.fromEntries(Object.entries(event.data).filter(([field]) => fields.includes(field)));
  return { type, stream, version, data } as unknown as Fact;
};

/** When it happened, from the source: milliseconds since 1970. */
export const instantOf = (fact: Fact): number => Date.parse(fact.data.occurredAt);

type MeasuredCategory = 'environment' | 'release' | 'deployment' | 'incident';

/** The facts of each record of a category, by its id, in the order of its stream, each once: whatever order they came in, and however often. */
export const byRecord = (facts: readonly Fact[], category: MeasuredCategory): ReadonlyMap<string, readonly Fact[]> => {
  const prefix = `${category}-`;
  const records = Map.groupBy(
    facts.filter(({ stream }) => stream.startsWith(prefix)),
    ({ stream }) => stream,
  );
  return new Map(
    [...records].sort(([a], [b]) => (a < b ? -1 : 1)).map(([stream, record]) => [idOf(stream), once(record)]),
  );
};

const once = (record: readonly Fact[]): readonly Fact[] =>
  [...new Map(record.map(fact => [fact.version, fact])).values()].sort((a, b) => a.version - b.version);
