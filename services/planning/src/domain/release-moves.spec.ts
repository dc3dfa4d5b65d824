import { digestOf } from '@slipway/canonical';
import { contentOf, type ReleaseEvent } from '@slipway/contracts';
import { fold, isRejection, type Stamped } from '@slipway/event-sourcing';
import {
  artifact,
  both,
  command,
  digest,
  draft,
  eu,
  event,
  plan,
  recorded,
  rita,
  sealed,
  us,
  window,
} from './example.ts';
import type { ReleaseCommand } from './release-commands.ts';
import { type CommandType, moveRefusal, moves, type Status } from './release-moves.ts';
import { release } from './release.ts';

// Every state, as what may have led there, and every command, as what may be asked.

type History = readonly ReleaseEvent[];

const known = (...of: Parameters<typeof recorded>) => event('ReleaseTargetRecorded', recorded(...of));
const item = { key: 'SHOP-1', kind: 'feature', title: 'Pay by invoice' } as const;
const other = (letter: string) => ({ ...artifact('cart', letter), version: letter });
const onlyEu = { targets: [eu], productionEnvironmentIds: ['eu'] };
const lost = event('ReleaseAuthorizationLost', { cause: 'change-not-authorized' });
const held = event('ReleaseHeld', { reason: sealed });
const undone = [known('first', eu, 'rolled-back'), known('second', us, 'rolled-back')];

const later = { start: '2026-03-04T20:00:00Z', end: '2026-03-04T22:00:00Z' };
const drafted = [
  ...draft,
  event('ReleaseBoardedTrain', { trainId: 'train', departure: window.start, window }),
  event('MilestonePlanned', { name: 'Tested', dueAt: window.start }),
  event('PhasePlanned', { name: 'Sign-off', entryCriteria: [], exitCriteria: [] }),
  event('PhasePlanned', { name: 'Build', entryCriteria: ['Agreed'], exitCriteria: [] }),
  event('ReleaseDependencyStated', { releaseId: 'needed', state: 'Ready' }),
  event('ScopeItemAdded', { item }),
  event('RollbackPlanRegistered', { plan }),
] as const satisfies History;
const schedule = (places: typeof both) => event('ReleaseScheduled', { window, ...places });
const digestWith = ({ targets }: typeof both): string =>
  digestOf(contentOf({ scope: [item], artifacts: [artifact('checkout')], rollbackPlan: plan, targets }));

type Standing = 'open' | 'authorized' | 'in-review';
const change = (standing: Standing, changeVersion: number, contentDigest = digestWith(both)) => ({
  changeId: 'change',
  changeVersion,
  standing,
  ...(standing === 'authorized' && { contentDigest }),
  ...(standing === 'in-review' && { triedTargets: [eu] }),
});
const noted = (...of: Parameters<typeof change>) => event('ReleaseChangeRecorded', change(...of));

/** From the schedule on, into these places. */
const wayTo = (places: typeof both, before: History = [...drafted, schedule(places)]) => {
  const contentDigest = digestWith(places);
  const authorization = event('ReleaseAuthorized', { changeIds: ['change'], contentDigest });
  const authorized = [...before, noted('authorized', 10, contentDigest), authorization];
  const ready = [...authorized, event('ReleaseReady', {})];
  return { planned: before, authorized, ready, deploying: [...ready, started] };
};
const started = event('ReleaseDeploymentStarted', { deploymentId: 'first' });
const { planned, authorized, ready, deploying } = wayTo(both);
const small = wayTo(onlyEu);
const tried = [...deploying, known('first', eu, 'failed'), noted('in-review', 11), lost];
const again = wayTo(both, tried);
const live = [
  ...deploying,
  known('first', eu, 'succeeded'),
  known('second', us, 'succeeded'),
  event('EarlyLifeSupportStarted', {}),
];
const smallLive = [...small.deploying, known('first', eu, 'succeeded'), event('EarlyLifeSupportStarted', {})];
const smallReview = [...smallLive, event('ReleaseReviewStarted', {})];
const reviewedUs = event('ReleaseChangeRecorded', { ...change('in-review', 19), triedTargets: [us] });
const rolledBack = [...deploying, ...undone, event('ReleaseReviewStarted', {})];

const criterion = { id: 'calm', title: 'No complaints', howJudged: sealed };
const declared = event('SuccessCriteriaDeclared', { criteria: [criterion] });

const histories: Readonly<Record<Status, readonly History[]>> = {
  None: [[]],
  Draft: [draft, drafted, [...drafted, event('ArtifactAttached', { artifact: other('b') })]],
  Planned: [
    planned,
    tried,
    small.planned,
    [...planned, event('ReleaseChangeRecorded', change('authorized', 1, digest('f')))],
    [...planned, noted('in-review', 1)],
  ],
  Authorized: [authorized, again.authorized, small.authorized, [...authorized, held]],
  Ready: [ready, again.ready, small.ready],
  Deploying: [
    deploying,
    [...deploying, known('first', eu, 'succeeded')],
    [...deploying, known('first', eu, 'rolled-back')],
    [...deploying, known('first', eu, 'failed')],
    [...deploying, noted('in-review', 19)],
    [...deploying, known('first', eu, 'succeeded'), reviewedUs],
    [...deploying, known('first', eu, 'rolled-back'), reviewedUs],
  ],
  EarlyLifeSupport: [
    live,
    [...live, known('first', eu, 'rolled-back', { deploymentVersion: 12 })],
    [...live, known('first', eu, 'rolled-back', { deploymentVersion: 12 }), known('third', us, 'rolled-back')],
    smallLive,
    [...smallLive, noted('in-review', 19)],
    [...live, declared],
  ],
  Review: [
    [...live, event('ReleaseReviewStarted', {})],
    rolledBack,
    [...rolledBack, noted('in-review', 19)],
    smallReview,
    [...smallReview, noted('in-review', 19)],
    [...smallReview, declared],
  ],
  Closed: [[...rolledBack, event('ReleaseClosed', { outcome: 'rolled-back' })]],
  Canceled: [[...drafted, event('ReleaseCanceled', { reason: sealed })]],
  Withdrawn: [[...live, event('ReleaseWithdrawn', { reason: sealed })]],
};

const about = (deploymentId: string, { serviceId, environmentId }: typeof eu) => ({
  deploymentId,
  deploymentVersion: 20,
  serviceId,
  environmentId,
});

const outcomes = (['succeeded', 'failed', 'rolled-back'] as const).flatMap(outcome =>
  (['first', 'second'] as const).map(id =>
    command('RecordTarget', recorded(id, id === 'first' ? eu : us, outcome, { deploymentVersion: 20 })),
  ),
);

const examples = {
  DraftRelease: [command('DraftRelease', { title: 'T', class: 'minor', owner: rita, changeModel: 'normal' })],
  CopyRelease: [
    command('CopyRelease', {
      draft: { title: 'T', class: 'minor', owner: rita, changeModel: 'normal' },
      fromReleaseId: 'other',
      targets: [],
      scope: [],
      phases: [],
    }),
  ],
  AttachArtifact: [
    command('AttachArtifact', { artifact: artifact('checkout') }),
    command('AttachArtifact', { artifact: other('e') }),
  ],
  DetachArtifact: [
    command('DetachArtifact', { serviceId: 'checkout' }),
    command('DetachArtifact', { serviceId: 'cart' }),
  ],
  AddScopeItem: [command('AddScopeItem', { item }), command('AddScopeItem', { item: { ...item, key: 'SHOP-2' } })],
  RemoveScopeItem: [command('RemoveScopeItem', { key: item.key })],
  ChangeScope: [
    command('ChangeScope', { items: [item], remove: [] }),
    command('ChangeScope', { items: [{ ...item, key: 'SHOP-3' }], remove: [] }),
  ],
  TradeOffScope: [command('TradeOffScope', { items: [item], reason: sealed })],
  TakeOverScope: [
    command('TakeOverScope', { items: [item] }),
    command('TakeOverScope', { items: [{ ...item, key: 'SHOP-4' }] }),
  ],
  RegisterRollbackPlan: [
    command('RegisterRollbackPlan', { plan }),
    command('RegisterRollbackPlan', { plan: { ...plan, digest: digest('9') } }),
  ],
  StateReleaseDependency: [command('StateReleaseDependency', { releaseId: 'other', state: 'Ready', path: [] })],
  WithdrawReleaseDependency: [command('WithdrawReleaseDependency', { releaseId: 'needed' })],
  PlanMilestone: [command('PlanMilestone', { name: 'Code complete', dueAt: window.start })],
  ReachMilestone: [command('ReachMilestone', { name: 'Tested', by: rita })],
  DropMilestone: [command('DropMilestone', { name: 'Tested' })],
  PlanPhase: [command('PlanPhase', { name: 'Rollout', entryCriteria: [], exitCriteria: [] })],
  DropPhase: [command('DropPhase', { name: 'Build' })],
  MeetCriterion: [command('MeetCriterion', { phase: 'Build', gate: 'entry', criterion: 'Agreed' })],
  ReopenCriterion: [command('ReopenCriterion', { phase: 'Build', gate: 'entry', criterion: 'Agreed', reason: sealed })],
  PassGate: [
    command('PassGate', { phase: 'Build', gate: 'exit', byServiceAccount: true }),
    command('PassGate', { phase: 'Sign-off', gate: 'entry', byServiceAccount: false }),
  ],
  NameReleaseManager: [command('NameReleaseManager', { manager: rita })],
  StateRaci: [command('StateRaci', { responsible: [rita], consulted: [], informed: [] })],
  DeclareSuccessCriteria: [
    command('DeclareSuccessCriteria', { criteria: [criterion], reason: sealed }),
    command('DeclareSuccessCriteria', { criteria: [] }),
  ],
  JudgeSuccessCriterion: [
    command('JudgeSuccessCriterion', { criterionId: 'calm', verdict: 'met', note: sealed, byServiceAccount: false }),
  ],
  ScheduleRelease: [command('ScheduleRelease', { window, ...both })],
  RescheduleRelease: [command('RescheduleRelease', { window: later }), command('RescheduleRelease', { moved: onlyEu })],
  BoardTrain: [
    command('BoardTrain', { trainId: 'train', departure: window.start, window, isRetired: false }),
    command('BoardTrain', { trainId: 'train', departure: later.start, window: later, isRetired: false }),
  ],
  LeaveTrain: [command('LeaveTrain', {})],
  HoldRelease: [command('HoldRelease', { reason: sealed })],
  ResumeRelease: [command('ResumeRelease', {})],
  GoRelease: [command('GoRelease', { byServiceAccount: false })],
  CancelRelease: [command('CancelRelease', { reason: sealed })],
  WithdrawRelease: [command('WithdrawRelease', { reason: sealed })],
  EndEarlyLifeSupport: [command('EndEarlyLifeSupport', {})],
  ReopenPlanning: [command('ReopenPlanning', { reason: sealed })],
  CloseRelease: [command('CloseRelease', {})],
  RecordChange: [
    command('RecordChange', change('open', 20)),
    command('RecordChange', change('authorized', 20)),
    command('RecordChange', change('in-review', 20)),
  ],
  StartReleaseDeployment: [
    command('StartReleaseDeployment', about('first', eu)),
    command('StartReleaseDeployment', about('third', eu)),
  ],
  RecordTarget: outcomes,
  DismissDeployment: [
    command('DismissDeployment', about('first', eu)),
    command('DismissDeployment', about('second', us)),
    command('DismissDeployment', about('third', eu)),
  ],
} satisfies Readonly<Record<CommandType, readonly Stamped<ReleaseCommand>[]>>;

const statuses = Object.keys(moves) as Status[];
const commandTypes = Object.keys(examples) as CommandType[];
const pairs = statuses.flatMap(status => commandTypes.map(type => [status, type] as const));

/** Where all the examples of a command led from all that led to a state, and the codes of the refused ones. */
const tryOut = (status: Status, type: CommandType) => {
  const ends = new Set<Status>();
  const codes = new Set<string>();
  for (const history of histories[status])
    for (const example of examples[type]) {
      const state = fold(release, history);
      const decision = release.decide(example, state);
      if (isRejection(decision)) codes.add(decision.rejected);
      else ends.add(decision.reduce(release.evolve, state).status);
    }
  return { ends: [...ends].sort(), codes: [...codes] };
};

test.each(statuses)('every history of %s leads there', status =>
  expect(histories[status].map(history => fold(release, history).status)).toEqual(histories[status].map(() => status)),
);

test('every command is in the moves of some state', () =>
  expect(new Set(statuses.flatMap(status => Object.keys(moves[status])))).toEqual(new Set(commandTypes)));

test.each(pairs.filter(([status, type]) => moves[status][type]))(
  '%s takes %s, and goes where the moves say',
  (status, type) => expect(tryOut(status, type).ends).toEqual([...(moves[status][type] ?? [])].sort()),
);

test.each(pairs.filter(([status, type]) => !moves[status][type]))('%s refuses %s with a code', (status, type) =>
  expect(tryOut(status, type)).toEqual({ ends: [], codes: [moveRefusal(type, status)?.rejected] }),
);
