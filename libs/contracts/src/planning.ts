import { type Static, Type } from 'typebox';
import { category, type EventOf, type Immutable } from './contract.ts';
import { figureLimit, Measured } from './figure-limit.ts';
import { recordFacts } from './record.ts';
import {
  Artifact,
  ChangeModel,
  Digest,
  Id,
  Instant,
  oneOf,
  Pseudonym,
  RollbackPlan,
  ScopeItem,
  Sealed,
  Target,
  Title,
  Window,
} from './values.ts';

const schedule = {
  window: Window,
  targets: Type.Array(Target),
  /** Which environments of the targets are in production; copied, so that a reader needs no other stream. Absent: all. */
  productionEnvironmentIds: Type.Optional(Type.Array(Id)),
};
const reason = { reason: Sealed };
/** Of the stream of the deployment that it is about: a lower one came late. */
const DeploymentVersion = Type.Integer({ minimum: 1 });
const because = { reason: Type.Optional(Sealed) };
const gate = { phase: Title, gate: oneOf('entry', 'exit') };
const people = Type.Array(Pseudonym);

/** How it is told afterwards whether a release was worth it. */
const SuccessCriterion = Type.Object({
  /** Its name within the release. */
  id: Id,
  title: Title,
  /** Where metrics can tell: it is met when the figure over so many days after the release is on that side of the limit. */
  measurement: Type.Optional(Type.Object({ ...figureLimit, days: Type.Integer({ minimum: 1, maximum: 366 }) })),
  /** How people will judge it. */
  howJudged: Type.Optional(Sealed),
});

export const release = category({
  name: 'release',
  context: 'planning',
  plural: 'releases',
  prefix: 'REL',
  facts: {
    ReleaseDrafted: {
      title: Title,
      class: oneOf('major', 'minor', 'patch', 'emergency', 'hotfix'),
      owner: Pseudonym,
      description: Type.Optional(Sealed),
      /** Of the change that will be raised for it. */
      changeModel: ChangeModel,
    },
    /** Right after it was drafted: from which one, and where that one went. What else was taken over are facts of their own. */
    ReleaseCopied: { fromReleaseId: Id, targets: Type.Array(Target) },
    ArtifactAttached: { artifact: Artifact },
    ArtifactDetached: { serviceId: Id, digest: Digest },
    ScopeItemAdded: { item: ScopeItem },
    ScopeItemRemoved: { key: Type.String() },
    /** Many at once. What is put takes the place of the item with its key, or is new. */
    ScopeItemsChanged: { put: Type.Array(ScopeItem), removed: Type.Array(Type.String()) },
    /** Why these left the scope, and for which release, if any. That they did, `ScopeItemsChanged` says. */
    ScopeTradedOff: { items: Type.Array(ScopeItem), toReleaseId: Type.Optional(Id), reason: Sealed },
    /** Before this one may be deployed, that one must be at this state, or have passed it. Stated again, the last counts. */
    ReleaseDependencyStated: {
      releaseId: Id,
      state: oneOf('Authorized', 'Ready', 'Deploying', 'EarlyLifeSupport', 'Closed'),
    },
    ReleaseDependencyWithdrawn: { releaseId: Id, reason: Type.Optional(Sealed) },
    /** Planned again under the same name: the last counts. */
    MilestonePlanned: { name: Title, dueAt: Instant, owner: Type.Optional(Pseudonym) },
    /** When: see `occurredAt`. */
    MilestoneReached: { name: Title, by: Pseudonym },
    MilestoneDropped: { name: Title, ...because },
    /** After those that were planned before it. Planned again: what was met stays met. */
    PhasePlanned: { name: Title, entryCriteria: Type.Array(Title), exitCriteria: Type.Array(Title) },
    PhaseDropped: { name: Title, ...because },
    PhaseCriterionMet: { ...gate, criterion: Title, note: Type.Optional(Sealed) },
    PhaseCriterionReopened: { ...gate, criterion: Title, ...reason },
    /** By a named person, with no criterion of it open. */
    PhaseGatePassed: gate,
    ReleaseManagerNamed: { manager: Pseudonym },
    /** As a whole: it takes the place of the one before. */
    ReleaseRaciStated: {
      responsible: people,
      accountable: Type.Optional(Pseudonym),
      consulted: people,
      informed: people,
    },
    /** As a whole: they take the place of those before. A figure with its limit that is the same as it was stays judged. `reason`: once it has left planning. */
    SuccessCriteriaDeclared: { criteria: Type.Array(SuccessCriterion), ...because },
    /** By a named person. Judged again, the last counts. */
    SuccessCriterionJudged: {
      criterionId: Id,
      verdict: oneOf('met', 'not-met', 'not-judgeable'),
      note: Sealed,
      /** Of a measurable one: what the verdict was given on. */
      measured: Type.Optional(Measured),
    },
    /** A departure of a train gives it its window, tentative until it is authorized. */
    ReleaseBoardedTrain: { trainId: Id, departure: Instant, window: Window },
    ReleaseLeftTrain: {
      trainId: Id,
      departure: Instant,
      cause: oneOf('asked', 'rescheduled', 'another-departure'),
      ...because,
    },
    RollbackPlanRegistered: { plan: RollbackPlan },
    /** Draft to Planned. */
    ReleaseScheduled: schedule,
    ReleaseRescheduled: schedule,
    ReleaseHeld: reason,
    ReleaseResumed: {},
    /** How a change of it stands, as change-approval said it. A lower version of the change came late and says nothing. */
    ReleaseChangeRecorded: {
      changeId: Id,
      changeVersion: Type.Integer({ minimum: 1 }),
      standing: oneOf('open', 'authorized', 'rejected', 'in-review', 'canceled'),
      /** Of an authorized one: for which content. */
      contentDigest: Type.Optional(Digest),
      /** Of one in review: where something of it was tried. */
      triedTargets: Type.Optional(Type.Array(Target)),
    },
    /** What became of one production attempt at a target of it. A lower version of the deployment came late. */
    ReleaseTargetRecorded: {
      deploymentId: Id,
      deploymentVersion: DeploymentVersion,
      serviceId: Id,
      environmentId: Id,
      outcome: oneOf('succeeded', 'failed', 'rolled-back'),
      tookTraffic: Type.Boolean(),
    },
    /** All its changes are authorized, for this content. */
    ReleaseAuthorized: { changeIds: Type.Array(Id), contentDigest: Digest },
    /** Back to Planned: its content changed, or a change of it is no longer authorized. */
    ReleaseAuthorizationLost: { cause: oneOf('content-changed', 'change-not-authorized') },
    /** Go, by a named person. */
    ReleaseReady: {},
    /** The first production deployment of it started. */
    ReleaseDeploymentStarted: { deploymentId: Id, deploymentVersion: Type.Optional(DeploymentVersion) },
    /** Another one did. */
    ReleaseDeploymentFollowed: { deploymentId: Id, deploymentVersion: DeploymentVersion },
    /** Its kind was corrected: it counts as if it had never moved the release. A lower version of it came late. */
    ReleaseDeploymentDismissed: {
      deploymentId: Id,
      deploymentVersion: DeploymentVersion,
      serviceId: Id,
      environmentId: Id,
    },
    /** Nothing of it was started after all: back to Ready. */
    ReleaseStartDismissed: {},
    /** Not every target is settled after all: back to Deploying. */
    EarlyLifeSupportDismissed: {},
    /** Every target is settled and something of it is live. */
    EarlyLifeSupportStarted: {},
    /** Nothing of it is left live, or early life support is over. */
    ReleaseReviewStarted: {},
    /** From review, with nothing of it left live. Its authorization is lost with it, which leads back to Planned. */
    ReleasePlanningReopened: reason,
    ReleaseClosed: { outcome: oneOf('full', 'partial', 'rolled-back') },
    /** Before a production start. */
    ReleaseCanceled: reason,
    /** After a production start. */
    ReleaseWithdrawn: reason,
    ...recordFacts('Release'),
  },
});

/** When a train departs, as RFC 5545 says it: `DTSTART;TZID=<timeZone>:<start>` and `RRULE:<rrule>`. */
export const Cadence = Type.Object({
  start: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}$', description: 'The first one, in local time.' }),
  timeZone: Type.String({ description: 'IANA.' }),
  rrule: Type.String({ description: 'Without its name.' }),
  durationMinutes: Type.Integer({ minimum: 1, description: 'Of the window that each departure opens.' }),
});

export const releaseTrain = category({
  name: 'releaseTrain',
  context: 'planning',
  plural: 'release-trains',
  prefix: 'TRAIN',
  facts: {
    ReleaseTrainPlanned: {
      title: Title,
      owner: Pseudonym,
      description: Type.Optional(Sealed),
      cadence: Cadence,
    },
    /** From now on. Who boarded a departure keeps the window that it had. */
    ReleaseTrainCadenceChanged: { cadence: Cadence, ...because },
    ReleaseTrainRetired: reason,
    ...recordFacts('ReleaseTrain'),
  },
});

export type SuccessCriterion = Immutable<Static<typeof SuccessCriterion>>;
export type Cadence = Immutable<Static<typeof Cadence>>;
export type ReleaseEvent = EventOf<typeof release>;
export type ReleaseTrainEvent = EventOf<typeof releaseTrain>;
export type PlanningEvent = ReleaseEvent | ReleaseTrainEvent;
