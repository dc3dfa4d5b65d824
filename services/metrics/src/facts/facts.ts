import type {
  ApplicationEvent,
  ChangeEvent,
  DeploymentEvent,
  EnvironmentEvent,
  IncidentEvent,
  ReleaseEvent,
  ServiceEvent,
} from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { trimmed } from './trimmed.ts';

export type MeasuredEvent =
  ApplicationEvent | ChangeEvent | DeploymentEvent | EnvironmentEvent | IncidentEvent | ReleaseEvent | ServiceEvent;
type Data<Type extends string> = Extract<MeasuredEvent, { type: Type }>['data'];

/** What is kept of which event, cut to what `trimmed` leaves of it. No text that was sealed, and nobody's pseudonym. */
export const kept = {
  ServiceRegistered: ['name', 'ownerTeam'],
  ServiceUpdated: ['name', 'ownerTeam'],
  ApplicationRegistered: ['name', 'serviceIds'],
  ApplicationUpdated: ['name', 'serviceIds'],
  EnvironmentRegistered: ['name', 'tier', 'region'],
  EnvironmentUpdated: ['name', 'tier', 'region'],
  ReleaseDrafted: ['title', 'class'],
  ReleaseDetailsChanged: ['title'],
  ScopeItemAdded: ['item'],
  ScopeItemRemoved: ['key'],
  ScopeItemsChanged: ['put', 'removed'],
  ReleaseScheduled: ['window', 'targets'],
  ReleaseRescheduled: ['window', 'targets'],
  SuccessCriteriaDeclared: ['criteria'],
  SuccessCriterionJudged: ['criterionId', 'verdict', 'measured'],
  ReleasePlanningReopened: [],
  ReleaseClosed: ['outcome'],
  ReleaseCanceled: [],
  ReleaseWithdrawn: [],
  ArtifactAttached: ['artifact'],
  ArtifactDetached: ['serviceId', 'digest'],
  ChangeRaised: ['model', 'releaseIds', 'serviceIds', 'content'],
  ChangeRevised: ['content'],
  ApprovalRequested: ['slot'],
  ApprovalVoided: ['slot'],
  ChangeAuthorized: ['authorization'],
  ChangeImplementationStarted: [],
  ChangeFoundUnauthorized: [],
  ChangeClosed: ['closeCode', 'unauthorized'],
  ChangeCanceled: [],
  ChangeRejected: [],
  RelatedRecordLinked: ['record', 'recordId', 'relation'],
  RelatedRecordUnlinked: ['record', 'recordId'],
  ChangeImported: [
    'model',
    'breakGlass',
    'serviceIds',
    'environmentIds',
    'approvalRequestedAt',
    'authorizedAt',
    'implementationStartedAt',
    'implementationEndedAt',
    'state',
    'closedAt',
    'closeCode',
    'unauthorized',
  ],
  DeploymentRequested: ['kind', 'target', 'production', 'digests', 'changeId', 'releaseId', 'undoes'],
  DeploymentKindCorrected: ['kind', 'undoes'],
  DeploymentStarted: [],
  CutoverSwitched: ['via'],
  TrafficTaken: ['percent'],
  DeploymentSucceeded: [],
  DeploymentFailed: [],
  VerificationFailed: [],
  DeploymentRolledBack: ['cause'],
  DeploymentCanceled: [],
  RemediationConfirmed: ['record', 'recordId'],
  RemediationRejected: ['record', 'recordId'],
  DeploymentImported: [
    'kind',
    'serviceId',
    'environmentId',
    'production',
    'region',
    'version',
    'digests',
    'commit',
    'commits',
    'pullRequests',
    'change',
    'startedAt',
    'finishedAt',
    'outcome',
    'tookTraffic',
    'rolledBackFor',
    'undoes',
    'remediates',
  ],
  IncidentDetected: ['serviceIds', 'environmentId', 'impactStartedAt'],
  AlertAttached: ['serviceIds'],
  IncidentAbsorbed: ['serviceIds'],
  ImpactStartCorrected: ['impactStartedAt'],
  EarlierAlertFound: ['detectedAt', 'impactStartedAt'],
  ImpactIntervalCorrected: ['interval', 'startedAt', 'endedAt'],
  CauseConfirmed: ['kind', 'deploymentId', 'changeId', 'primary'],
  CauseRejected: ['deploymentId'],
  CauseWithdrawn: ['kind', 'deploymentId', 'changeId'],
  IncidentMitigated: ['deploymentId'],
  IncidentResolved: [],
  IncidentReopened: [],
  IncidentCanceled: [],
  IncidentImported: [
    'serviceIds',
    'environmentId',
    'impactStartedAt',
    'detectedAt',
    'mitigatedAt',
    'resolvedAt',
    'closedAt',
    'canceled',
    'namedCauses',
  ],
} as const satisfies { readonly [Type in MeasuredEvent['type']]?: readonly (keyof Data<Type>)[] };

/** All that figures need of releases; what else is kept of them is for the summary of one. */
export const MEASURED_OF_RELEASES: readonly string[] = ['ReleaseDrafted', 'ArtifactAttached', 'ArtifactDetached'];

export type FactType = keyof typeof kept;
type Stamped = Readonly<{ occurredAt: string; recordedAt: string }>;

type FactOf<Type extends FactType> = Readonly<{
  type: Type;
  stream: string;
  version: number;
  data: Readonly<Pick<Data<Type>, (typeof kept)[Type][number] & keyof Data<Type>>> & Stamped;
}>;

/** One event, as far as a measure needs it. A set of them is all that any figure depends on. */
export type Fact = { [Type in FactType]: FactOf<Type> }[FactType];
export type DataOf<Type extends FactType> = FactOf<Type>['data'];

/** The fact in an event; none when no measure needs it. */
export const factOf = (
  event: Readonly<{ type: string; stream: string; version: number; data: object }>,
): Fact | undefined => {
  if (!Object.hasOwn(kept, event.type)) return undefined;
  const { type, stream, version } = event;
  const fields: readonly string[] = [...kept[type as FactType], 'occurredAt', 'recordedAt'];
  const data = Object.fromEntries(
    Object.entries(event.data)
      .filter(([field]) => fields.includes(field))
      .map(([field, value]) => [field, trimmed(field, value)]),
  );
  return { type, stream, version, data } as unknown as Fact;
};

/** When it happened, from the source: milliseconds since 1970. */
export const instantOf = (fact: Fact): number => Date.parse(fact.data.occurredAt);

/** How much later than it happened it was recorded, in milliseconds; never less than 0. */
export const latenessOf = ({ data: { occurredAt, recordedAt } }: Fact): number =>
  Math.max(0, Date.parse(recordedAt) - Date.parse(occurredAt)) || 0;

export type MeasuredCategory =
  'application' | 'change' | 'deployment' | 'environment' | 'incident' | 'release' | 'service';

/**
 * A row of each record of a category: the fold of its facts in the order of its stream, each once, whatever order they came in
 * and however often. Rows are in the order of their ids.
 */
export const rowsOf = <Row>(
  facts: readonly Fact[],
  category: MeasuredCategory,
  fold: (id: string, row: Row | undefined, fact: Fact) => Row | undefined,
): readonly Row[] => {
  const prefix = `${category}-`;
  const records = Map.groupBy(
    facts.filter(({ stream }) => stream.startsWith(prefix)),
    ({ stream }) => stream,
  );
  return [...records]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([stream, record]) => {
      const row = once(record).reduce<Row | undefined>((state, fact) => fold(idOf(stream), state, fact), undefined);
      return row === undefined ? [] : [row];
    });
};

const once = (record: readonly Fact[]): readonly Fact[] =>
  [...new Map(record.map(fact => [fact.version, fact])).values()].sort((a, b) => a.version - b.version);
