import { reject, type Rejection } from '@slipway/event-sourcing';
import type { ReleaseCommand } from './release-commands.ts';
import type { Release } from './release-state.ts';

export type Status = Release['status'];
export type CommandType = ReleaseCommand['type'];
export type Moves = Readonly<Record<Status, Partial<Record<CommandType, readonly Status[]>>>>;

const leading = (commands: readonly CommandType[], ...to: Status[]): Moves[Status] =>
  Object.fromEntries(commands.map(command => [command, to]));

const PLAN = [
  'PlanMilestone',
  'ReachMilestone',
  'DropMilestone',
  'PlanPhase',
  'DropPhase',
  'MeetCriterion',
  'ReopenCriterion',
  'PassGate',
  'NameReleaseManager',
  'StateRaci',
] as const;
const ALWAYS = [
  'HoldRelease',
  'ResumeRelease',
  'WithdrawReleaseDependency',
  'DeclareSuccessCriteria',
  ...PLAN,
] as const;
const BEFORE_START = [...ALWAYS, 'StateReleaseDependency', 'BoardTrain', 'LeaveTrain'] as const;
const ADDING = ['AttachArtifact', 'AddScopeItem', 'ChangeScope', 'TakeOverScope', 'RegisterRollbackPlan'] as const;
const TAKING = ['DetachArtifact', 'RemoveScopeItem', 'TradeOffScope'] as const;
const CONTENT = [...ADDING, ...TAKING] as const;

/**
 * Every move of a release: state -> command -> where it may lead. What is not here is refused. The rules of a command may
 * refuse it still: only what was never started in production is canceled, only what was is withdrawn.
 */
export const moves: Moves = {
  None: { DraftRelease: ['Draft'], CopyRelease: ['Draft'] },
  Draft: {
    ...leading([...BEFORE_START, ...CONTENT, 'RecordChange'], 'Draft'),
    ScheduleRelease: ['Planned'],
    CancelRelease: ['Canceled'],
  },
  Planned: {
    ...leading([...BEFORE_START, ...CONTENT, 'RescheduleRelease'], 'Planned'),
    CancelRelease: ['Canceled'],
    WithdrawRelease: ['Withdrawn'],
    RecordChange: ['Planned', 'Authorized'],
    DismissDeployment: ['Planned'],
    StartReleaseDeployment: ['Planned', 'Deploying'],
    RecordTarget: ['Planned', 'Deploying', 'EarlyLifeSupport', 'Review'],
  },
  Authorized: {
    ...leading(BEFORE_START, 'Authorized'),
    // What is there already costs nothing.
    ...leading([...ADDING, 'RescheduleRelease', 'RecordChange'], 'Authorized', 'Planned'),
    ...leading(TAKING, 'Planned'),
    GoRelease: ['Ready'],
    CancelRelease: ['Canceled'],
    WithdrawRelease: ['Withdrawn'],
    DismissDeployment: ['Authorized'],
    StartReleaseDeployment: ['Authorized', 'Deploying'],
    RecordTarget: ['Authorized', 'Deploying', 'EarlyLifeSupport', 'Review'],
  },
  Ready: {
    ...leading([...BEFORE_START, 'GoRelease'], 'Ready'),
    ...leading([...ADDING, 'RescheduleRelease', 'RecordChange'], 'Ready', 'Planned'),
    ...leading(TAKING, 'Planned'),
    CancelRelease: ['Canceled'],
    WithdrawRelease: ['Withdrawn'],
    DismissDeployment: ['Ready'],
    StartReleaseDeployment: ['Ready', 'Deploying'],
    RecordTarget: ['Ready', 'Deploying', 'EarlyLifeSupport', 'Review'],
  },
  Deploying: {
    ...leading([...ALWAYS, 'StartReleaseDeployment'], 'Deploying'),
    WithdrawRelease: ['Withdrawn'],
    RecordChange: ['Deploying', 'EarlyLifeSupport', 'Review', 'Planned'],
    RecordTarget: ['Deploying', 'EarlyLifeSupport', 'Review', 'Planned'],
    // Back to where it were without it; that nothing ran where a review saw something settles it, too.
    DismissDeployment: ['Deploying', 'Ready', 'Planned', 'EarlyLifeSupport', 'Review'],
  },
  EarlyLifeSupport: {
    ...leading([...ALWAYS, 'JudgeSuccessCriterion', 'RecordChange', 'StartReleaseDeployment'], 'EarlyLifeSupport'),
    WithdrawRelease: ['Withdrawn'],
    EndEarlyLifeSupport: ['Review'],
    RecordTarget: ['EarlyLifeSupport', 'Review'],
    DismissDeployment: ['EarlyLifeSupport', 'Deploying', 'Ready', 'Planned', 'Review'],
  },
  Review: {
    ...leading([...ALWAYS, 'RecordChange', 'StartReleaseDeployment', 'RecordTarget', 'EndEarlyLifeSupport'], 'Review'),
    JudgeSuccessCriterion: ['Review'],
    WithdrawRelease: ['Withdrawn'],
    ReopenPlanning: ['Planned', 'Authorized'],
    CloseRelease: ['Closed'],
    DismissDeployment: ['Review', 'Ready', 'Planned'],
  },
  // Said twice, it is already so.
  Closed: { CloseRelease: ['Closed'] },
  Canceled: { CancelRelease: ['Canceled'] },
  Withdrawn: { WithdrawRelease: ['Withdrawn'] },
};

/** Why a command is refused in a state that knows no such move: before the first production start, and after. */
const refusals = {
  DraftRelease: ['already-drafted', 'already-drafted'],
  CopyRelease: ['already-drafted', 'already-drafted'],
  AttachArtifact: ['content-frozen', 'content-frozen'],
  DetachArtifact: ['content-frozen', 'content-frozen'],
  AddScopeItem: ['content-frozen', 'content-frozen'],
  RemoveScopeItem: ['content-frozen', 'content-frozen'],
  ChangeScope: ['content-frozen', 'content-frozen'],
  TradeOffScope: ['content-frozen', 'content-frozen'],
  TakeOverScope: ['content-frozen', 'content-frozen'],
  RegisterRollbackPlan: ['content-frozen', 'content-frozen'],
  ScheduleRelease: ['already-scheduled', 'content-frozen'],
  RescheduleRelease: ['not-scheduled', 'content-frozen'],
  StateReleaseDependency: ['already-started', 'already-started'],
  PlanMilestone: ['release-over', 'release-over'],
  ReachMilestone: ['release-over', 'release-over'],
  DropMilestone: ['release-over', 'release-over'],
  PlanPhase: ['release-over', 'release-over'],
  DropPhase: ['release-over', 'release-over'],
  MeetCriterion: ['release-over', 'release-over'],
  ReopenCriterion: ['release-over', 'release-over'],
  PassGate: ['release-over', 'release-over'],
  NameReleaseManager: ['release-over', 'release-over'],
  StateRaci: ['release-over', 'release-over'],
  WithdrawReleaseDependency: ['release-over', 'release-over'],
  DeclareSuccessCriteria: ['release-over', 'release-over'],
  JudgeSuccessCriterion: ['not-released', 'not-released'],
  BoardTrain: ['content-frozen', 'content-frozen'],
  LeaveTrain: ['content-frozen', 'content-frozen'],
  HoldRelease: ['release-over', 'release-over'],
  ResumeRelease: ['release-over', 'release-over'],
  GoRelease: ['not-authorized', 'already-started'],
  CancelRelease: ['already-started', 'already-started'],
  WithdrawRelease: ['not-started', 'not-started'],
  EndEarlyLifeSupport: ['not-in-early-life-support', 'not-in-early-life-support'],
  ReopenPlanning: ['not-in-review', 'not-in-review'],
  CloseRelease: ['not-in-review', 'not-in-review'],
  RecordChange: ['release-over', 'release-over'],
  StartReleaseDeployment: ['not-scheduled', 'not-scheduled'],
  RecordTarget: ['not-scheduled', 'not-scheduled'],
  DismissDeployment: ['not-scheduled', 'not-scheduled'],
} as const satisfies Readonly<Record<CommandType, readonly [before: string, after: string]>>;

export type MoveRefusal = (typeof refusals)[CommandType][number] | 'not-drafted';

const details: Readonly<Record<MoveRefusal, (status: Status) => string>> = {
  'already-drafted': () => 'This release was drafted before.',
  'not-drafted': () => 'There is no such release.',
  'release-over': status => `It is ${status}.`,
  'content-frozen': status => `It is in ${status}: content, targets and window stay as they are.`,
  'already-scheduled': () => 'It has a window and targets; reschedule it.',
  'not-scheduled': () => 'It has no window and no targets yet; schedule it.',
  'not-authorized': status =>
    status === 'Draft'
      ? 'It is a draft: give it a window and targets, so that its change is raised, and have that change authorized.'
      : 'Not all of its changes are authorized.',
  'already-started': status => `It is in ${status}: something of it was started in production.`,
  'not-started': () => 'Nothing of it was started in production; cancel it instead.',
  'not-released': status => `It is in ${status}: what came of it is judged once its targets are settled.`,
  'not-in-early-life-support': status => `It is in ${status}.`,
  'not-in-review': status => `It is in ${status}.`,
};

const OVER: readonly Status[] = ['Closed', 'Canceled', 'Withdrawn'];
const FROZEN: readonly Status[] = ['Deploying', 'EarlyLifeSupport', 'Review'];

/** Nothing: the state knows this move. */
export const moveRefusal = (command: CommandType, status: Status): Rejection<MoveRefusal> | undefined => {
  if (moves[status][command]) return undefined;
  const code = codeOf(command, status);
  return reject(code, details[code](status));
};

const codeOf = (command: CommandType, status: Status): MoveRefusal => {
  const [before, after] = refusals[command];
  if (before === 'already-drafted') return before;
  if (status === 'None') return 'not-drafted';
  if (OVER.includes(status)) return 'release-over';
  return FROZEN.includes(status) ? after : before;
};
