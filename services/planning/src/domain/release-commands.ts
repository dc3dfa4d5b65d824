import type { Artifact, ReleaseEvent, RollbackPlan, ScopeItem, Target, Window } from '@slipway/contracts';
import type { Message, Stamp } from '@slipway/event-sourcing';

/** An item by its key; without one, by its external reference. */
export type StatedItem = Omit<ScopeItem, 'key'> & Readonly<{ key?: string }>;

type DataOf<Type extends ReleaseEvent['type']> = Extract<ReleaseEvent, { type: Type }>['data'];

export type DraftRelease = Message<
  'DraftRelease',
  Pick<DataOf<'ReleaseDrafted'>, 'title' | 'class' | 'owner' | 'description' | 'changeModel'>
>;
/** A draft that begins as an earlier release ended: without its artifacts and its approvals. */
export type CopyRelease = Message<
  'CopyRelease',
  {
    draft: DraftRelease['data'];
    fromReleaseId: string;
    targets: readonly Target[];
    scope: readonly ScopeItem[];
    rollbackPlan?: RollbackPlan;
    phases: readonly PlanPhase['data'][];
    manager?: string;
    raci?: StateRaci['data'];
    criteria?: DeclareSuccessCriteria['data']['criteria'];
  }
>;
export type AttachArtifact = Message<'AttachArtifact', { artifact: Artifact }>;
export type DetachArtifact = Message<'DetachArtifact', { serviceId: string }>;
export type AddScopeItem = Message<'AddScopeItem', { item: ScopeItem }>;
export type RemoveScopeItem = Message<'RemoveScopeItem', { key: string }>;
/** Many items at once, and the keys of those that leave. */
export type ChangeScope = Message<'ChangeScope', { items: readonly StatedItem[]; remove: readonly string[] }>;
/** `items` as they were seen in the scope; `toReleaseId` is told to take them over. */
export type TradeOffScope = Message<
  'TradeOffScope',
  { items: readonly ScopeItem[]; toReleaseId?: string; reason: string }
>;
export type TakeOverScope = Message<'TakeOverScope', { items: readonly ScopeItem[] }>;
export type RegisterRollbackPlan = Message<'RegisterRollbackPlan', { plan: RollbackPlan }>;
/** `path`: how the needed release comes to need this one, by numbers; empty when it does not. */
export type StateReleaseDependency = Message<
  'StateReleaseDependency',
  Pick<DataOf<'ReleaseDependencyStated'>, 'releaseId' | 'state'> & { path: readonly string[] }
>;
export type WithdrawReleaseDependency = Message<'WithdrawReleaseDependency', { releaseId: string; reason?: string }>;
type Fact<Type extends ReleaseEvent['type']> = Omit<DataOf<Type>, keyof Stamp>;

export type PlanMilestone = Message<'PlanMilestone', Fact<'MilestonePlanned'>>;
export type ReachMilestone = Message<'ReachMilestone', Fact<'MilestoneReached'>>;
export type DropMilestone = Message<'DropMilestone', Fact<'MilestoneDropped'>>;
export type PlanPhase = Message<'PlanPhase', Fact<'PhasePlanned'>>;
export type DropPhase = Message<'DropPhase', Fact<'PhaseDropped'>>;
export type MeetCriterion = Message<'MeetCriterion', Fact<'PhaseCriterionMet'>>;
export type ReopenCriterion = Message<'ReopenCriterion', Fact<'PhaseCriterionReopened'>>;
export type PassGate = Message<'PassGate', Fact<'PhaseGatePassed'> & { byServiceAccount: boolean }>;
export type NameReleaseManager = Message<'NameReleaseManager', Fact<'ReleaseManagerNamed'>>;
export type StateRaci = Message<'StateRaci', Fact<'ReleaseRaciStated'>>;
/** `reason`: needed once it has left planning. */
export type DeclareSuccessCriteria = Message<'DeclareSuccessCriteria', Fact<'SuccessCriteriaDeclared'>>;
export type JudgeSuccessCriterion = Message<
  'JudgeSuccessCriterion',
  Fact<'SuccessCriterionJudged'> & { byServiceAccount: boolean }
>;
export type PlanCommand =
  | PlanMilestone
  | ReachMilestone
  | DropMilestone
  | PlanPhase
  | DropPhase
  | MeetCriterion
  | ReopenCriterion
  | PassGate
  | NameReleaseManager
  | StateRaci;

/** `productionEnvironmentIds`: which environments of the targets are in production. */
export type Targets = Readonly<{ targets: readonly Target[]; productionEnvironmentIds: readonly string[] }>;
/** Without a window: that of the departure it is aboard of. */
export type ScheduleRelease = Message<'ScheduleRelease', { window?: Window } & Targets>;
/** What is absent stays as it is. `seen`: the window that the new one was made of. */
export type RescheduleRelease = Message<'RescheduleRelease', { window?: Window; moved?: Targets; seen?: Window }>;
/** `window`: of this departure; none: the train does not depart then. */
export type BoardTrain = Message<
  'BoardTrain',
  { trainId: string; departure: string; window?: Window; isRetired: boolean }
>;
export type LeaveTrain = Message<'LeaveTrain', { reason?: string }>;
export type HoldRelease = Message<'HoldRelease', { reason: string }>;
export type ResumeRelease = Message<'ResumeRelease'>;
/** Go: only a person gives it. */
export type GoRelease = Message<'GoRelease', { byServiceAccount: boolean }>;
export type CancelRelease = Message<'CancelRelease', { reason: string }>;
export type WithdrawRelease = Message<'WithdrawRelease', { reason: string }>;
export type EndEarlyLifeSupport = Message<'EndEarlyLifeSupport'>;
/** From review, with nothing of it left live: it is planned anew. */
export type ReopenPlanning = Message<'ReopenPlanning', { reason: string }>;
export type CloseRelease = Message<'CloseRelease'>;

export type RecordChange = Message<
  'RecordChange',
  Pick<DataOf<'ReleaseChangeRecorded'>, 'changeId' | 'changeVersion' | 'standing' | 'contentDigest' | 'triedTargets'>
>;
type AboutDeployment = Readonly<{
  deploymentId: string;
  deploymentVersion: number;
  serviceId: string;
  environmentId: string;
}>;
export type StartReleaseDeployment = Message<'StartReleaseDeployment', AboutDeployment>;
/** Its kind was corrected to one that moves no release. */
export type DismissDeployment = Message<'DismissDeployment', AboutDeployment>;
export type RecordTarget = Message<
  'RecordTarget',
  Pick<
    DataOf<'ReleaseTargetRecorded'>,
    'deploymentId' | 'deploymentVersion' | 'serviceId' | 'environmentId' | 'outcome' | 'tookTraffic'
  >
>;

export type ReleaseCommand =
  | DraftRelease
  | CopyRelease
  | AttachArtifact
  | DetachArtifact
  | AddScopeItem
  | RemoveScopeItem
  | ChangeScope
  | TradeOffScope
  | TakeOverScope
  | RegisterRollbackPlan
  | StateReleaseDependency
  | WithdrawReleaseDependency
  | PlanCommand
  | DeclareSuccessCriteria
  | JudgeSuccessCriterion
  | ScheduleRelease
  | RescheduleRelease
  | BoardTrain
  | LeaveTrain
  | HoldRelease
  | ResumeRelease
  | GoRelease
  | CancelRelease
  | WithdrawRelease
  | EndEarlyLifeSupport
  | ReopenPlanning
  | CloseRelease
  | RecordChange
  | StartReleaseDeployment
  | RecordTarget
  | DismissDeployment;
