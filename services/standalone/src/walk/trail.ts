import type { Cast } from './cast.ts';
import type { Body, Walker } from './walker.ts';

/** How each record ended. */
const ENDS: Readonly<Record<string, object>> = {
  'releases/REL-1': { state: 'Closed', outcome: 'full' },
  'releases/REL-2': {
    state: 'Closed',
    outcome: 'partial',
    held: false,
    targets: Array.from({ length: 6 }, () => ({})),
  },
  'releases/REL-3': { state: 'Closed', outcome: 'full', class: 'hotfix' },
  'releases/REL-4': { state: 'Canceled', reason: 'It is warm.' },
  'releases/REL-5': { state: 'Withdrawn', reason: 'Carts are fast enough.' },
  'release-trains/TRAIN-1': { state: 'Running' },
  'changes/CHG-1': { state: 'Closed', model: 'standard', authorization: 'pre-authorized', closeCode: 'successful' },
  'changes/CHG-2': {
    state: 'Closed',
    authorization: 'approved',
    closeCode: 'successful-with-issues',
    unauthorized: false,
  },
  'changes/CHG-3': { state: 'Closed', model: 'emergency', closeCode: 'successful' },
  'changes/CHG-4': { state: 'Closed', authorization: 'approved', closeCode: 'successful' },
  'changes/CHG-5': { state: 'Canceled', externalRefs: [{ system: 'terraform', key: 'network-17' }] },
  'changes/CHG-6': { state: 'Canceled' },
  'changes/CHG-7': { state: 'Closed', closeCode: 'unsuccessful' },
  ...Object.fromEntries(
    [1, 2, 3, 4, 7, 8, 9, 10, 12, 13, 14, 16].map(number => [`deployments/DEP-${number}`, { state: 'Succeeded' }]),
  ),
  'deployments/DEP-5': { state: 'Failed' },
  'deployments/DEP-6': { state: 'Canceled' },
  'deployments/DEP-11': { state: 'RolledBack' },
  'deployments/DEP-15': { state: 'RolledBack' },
  'problems/PRB-1': { state: 'Closed' },
  'reviews/PIR-1': { state: 'Completed' },
  'incidents/INC-1': { state: 'Closed', severity: 'high', major: true, quiet: true, impact: [{}, {}] },
  'incidents/INC-2': { state: 'Closed', detectedBy: 'verification' },
  'incidents/INC-3': { state: 'Canceled' },
};

export const seeHowAllEnded = async ({ audrey }: Cast): Promise<void> => {
  for (const [record, end] of Object.entries(ENDS))
    await audrey.sees(`${record} is ${JSON.stringify(end)}`, `/v1/${record}`, end);
};

const BEFORE_THE_FIRST_START = `ChangeRaised RiskAssessed ApprovalRequested
  ChangePlanned ChangeRevised RiskAssessed ApprovalRequested ChangeTaskAdded ChangeTaskAdded ChangeFileLinked
  ChangeDetailsChanged ChangeCommented ApprovalRejected ChangeRejected ChangeCommented ApprovalRequested ApprovalGranted
  ChangeRevised ApprovalVoided RiskAssessed ApprovalRequested ApprovalGranted ApprovalGranted ChangeAuthorized ChangeScheduled
  ChangeHeld ChangeResumed ChangeImplementationStarted`;

const RUN =
  'DeploymentRequested DeploymentAllowed DeploymentStarted TrafficTaken DeploymentFinished VerificationPassed DeploymentSucceeded';

/** What happened to a record, in order. */
const EVENTS: Readonly<Record<string, string>> = {
  'REL-2': `ReleaseDrafted ReleaseDependencyStated ReleaseDetailsChanged ReleaseManagerNamed ReleaseRaciStated
    ScopeItemsChanged ScopeItemsChanged ScopeItemsChanged ScopeTradedOff MilestonePlanned MilestonePlanned MilestoneReached
    PhasePlanned ArtifactAttached ArtifactAttached ArtifactAttached RollbackPlanRegistered ReleaseBoardedTrain ReleaseLeftTrain
    ReleaseScheduled ScopeItemAdded ReleaseAuthorized ReleaseHeld ReleaseResumed PhaseCriterionMet PhaseGatePassed ReleaseReady
    ReleaseDeploymentStarted EarlyLifeSupportStarted PhaseCriterionMet PhaseGatePassed MilestoneReached ReleaseReviewStarted
    ReleaseClosed`,
  'CHG-2': `${BEFORE_THE_FIRST_START} ChangeReviewStarted ReviewDue RelatedRecordLinked ChangeReviewed ChangeTaskDone ChangeTaskDropped
    ChangeClosed`,
  'CHG-3': `ChangeRaised ApprovalRequested ApprovalGranted ChangeAuthorized ChangeScheduled RelatedRecordLinked
    ChangeImplementationStarted ChangeReviewStarted ReviewDue ChangeReviewed ChangeClosed`,
  'DEP-4': RUN,
  'DEP-5': 'DeploymentRequested DeploymentAllowed DeploymentStarted DeploymentFailed',
  'DEP-6': 'DeploymentRequested DeploymentWaiting DeploymentCanceled',
  'DEP-8': `DeploymentRequested StepsPlanned DeploymentAllowed DeploymentStarted StepStarted StepSucceeded StepStarted
    StepProgressed StepThresholdExceeded StepSucceeded LogLinked TrafficTaken DeploymentFinished VerificationPassed
    DeploymentSucceeded`,
  'DEP-11': `${RUN} RollbackStarted DeploymentRolledBack`,
  'DEP-12': RUN,
  'DEP-14': RUN,
  'INC-1': `IncidentDetected AlertAttached CauseProposed IncidentAcknowledged IncidentRoleAssigned IncidentRoleAssigned
    IncidentTaskAdded IncidentTaskDone IncidentClassified MajorIncidentDeclared ImpactStartCorrected CauseRejected CauseConfirmed
    IncidentMitigated IncidentResolved IncidentReopened IncidentResolved AlertAttached IncidentClosed`,
};

/** What a record is told about streams of other services comes in any order. */
const NEWS = [
  'ReleaseChangeRecorded',
  'ReleaseDeploymentFollowed',
  'ReleaseTargetRecorded',
  'TargetAttempted',
  'TargetSettled',
];

/** One thing led to the next, over all services. */
const STORY =
  `REL-2 ReleaseScheduled, CHG-2 ChangeRaised, CHG-2 ApprovalRejected, REL-2 ScopeItemAdded, CHG-2 ApprovalVoided,
  CHG-2 ChangeAuthorized, REL-2 ReleaseAuthorized, REL-2 ReleaseReady, DEP-4 DeploymentRequested, DEP-4 DeploymentAllowed,
  DEP-4 DeploymentStarted, CHG-2 ChangeImplementationStarted, DEP-5 DeploymentFailed, DEP-7 DeploymentSucceeded,
  DEP-11 DeploymentSucceeded, DEP-12 DeploymentRequested, DEP-12 DeploymentSucceeded, DEP-11 DeploymentRolledBack,
  DEP-13 DeploymentSucceeded, CHG-2 ChangeReviewStarted, INC-1 IncidentDetected, INC-1 CauseProposed, INC-1 CauseConfirmed,
  CHG-3 ApprovalGranted, DEP-14 DeploymentSucceeded, INC-1 IncidentMitigated, INC-1 IncidentReopened, INC-1 IncidentClosed,
  CHG-2 ChangeClosed, REL-2 ReleaseClosed, REL-4 ReleaseDrafted, REL-4 ReleaseCanceled`.split(/,\s+/);

type Entry = Readonly<{ number?: string; type: string; position: number; actor: string }>;

/** The trail of the release is whole, in the one order of all events, and nobody is named in it. */
export const readTheTrail = async (cast: Cast): Promise<void> => {
  const entries = await trailOf(cast.audrey, 'REL-2');
  const positions = entries.map(({ position }) => position);
  expect(positions).toEqual([...new Set(positions)].sort((one, other) => one - other));
  for (const [record, types] of Object.entries(EVENTS))
    expect([record, ...typesOf(entries, record)]).toEqual([record, ...types.split(/\s+/)]);
  expect(inTheirOrder(entries)).toEqual(STORY);
  expect(entries.filter(({ actor }) => !/^(person|process)-/.test(actor))).toEqual([]);
  expect(await namesIn(cast)).toEqual([]);
};

const trailOf = async (reader: Walker, record: string): Promise<readonly Entry[]> => {
  const entries: Entry[] = [];
  for (let token: string | undefined = ''; token !== undefined;) {
    const page: Body = await reader.sees(
      `A page of the trail of ${record}`,
      `/v1/audit/trail/${record}?pageSize=100${token ? `&pageToken=${encodeURIComponent(token)}` : ''}`,
      { record: { number: record } },
    );
    entries.push(...(page['items'] as Entry[]));
    token = page['nextPageToken'] as string | undefined;
  }
  return entries;
};

const typesOf = (entries: readonly Entry[], record: string): readonly string[] =>
  entries.flatMap(({ number, type }) => (number === record && !NEWS.includes(type) ? [type] : []));

/** The story as far as the trail tells it one after the other. */
const inTheirOrder = (entries: readonly Entry[]): readonly string[] => {
  let next = 0;
  for (const { number, type } of entries) if (`${number} ${type}` === STORY[next]) next += 1;
  return STORY.slice(0, next);
};

/** What is published names nobody. */
const namesIn = async ({ audrey }: Cast): Promise<readonly string[]> => {
  const named: string[] = [];
  for (let after = 0, read = 1; read > 0;) {
    const page = await audrey.sees('A page of all that is published', `/v1/events?after=${after}`, {});
    const events = page['items'] as readonly { type: string }[];
    named.push(
      ...events.filter(event => /@shop\.example|-example\b/.test(JSON.stringify(event))).map(({ type }) => type),
    );
    [after, read] = [page['after'] as number, events.length];
  }
  return named;
};
