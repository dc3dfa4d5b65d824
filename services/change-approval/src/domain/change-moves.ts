import { type Rejection, reject } from '@slipway/event-sourcing';
import type { ChangeCommand } from './change-commands.ts';
import { changeModels, type ModelDefinition } from './change-models.ts';
import type { Change, ChangeModel } from './change-state.ts';

export type Status = Change['status'];
type CommandType = ChangeCommand['type'];

const RAISED = ['new', 'assess', 'authorize', 'scheduled', 'implement', 'review', 'closed', 'canceled'] as const;
const OPEN = RAISED.slice(0, 6);
export const statuses: readonly Status[] = ['none', ...RAISED];

export type MoveRefusal =
  | 'not-found'
  | 'already-raised'
  | 'approvals-already-requested'
  | 'change-in-review'
  | 'change-not-authorized'
  | 'change-not-in-implementation'
  | 'change-not-in-review'
  | 'change-not-open'
  | 'model-not-assessed'
  | 'not-awaiting-approval';

type Moves = Readonly<Partial<Record<Status, readonly Status[]>>>;

/** What a command may lead to from a state, and with what it is refused in every state that is not named. */
export type Row = Readonly<{
  moves: Moves;
  refusal: MoveRefusal;
  but?: Readonly<Partial<Record<Status, MoveRefusal>>>;
}>;
/** The state machine of one change model: command -> state -> the states that it may be in afterwards. */
export type MoveTable = Readonly<Record<CommandType, Row>>;

const stays = (states: readonly Status[]): Moves => Object.fromEntries(states.map(state => [state, [state]]));

const everyModel = {
  // Said again after the last approval it is already so.
  GrantApproval: {
    moves: { authorize: ['authorize', 'scheduled'], scheduled: ['scheduled'] },
    refusal: 'not-awaiting-approval',
  },
  RejectApproval: { moves: { authorize: ['new'] }, refusal: 'not-awaiting-approval' },
  HoldChange: { moves: stays(OPEN), refusal: 'change-not-open' },
  ResumeChange: { moves: stays(OPEN), refusal: 'change-not-open' },
  CancelChange: {
    moves: Object.fromEntries([...OPEN.slice(0, 5), 'canceled'].map(state => [state, ['canceled']])),
    refusal: 'change-in-review',
  },
  // An attempt that is known already may be told again in any state that has some.
  RecordAttempt: {
    moves: { scheduled: ['implement'], ...stays(['implement', 'review', 'closed', 'canceled']) },
    refusal: 'change-not-authorized',
  },
  SettleTarget: {
    moves: {
      scheduled: ['implement', 'review'],
      implement: ['implement', 'review'],
      ...stays(['review', 'closed', 'canceled']),
    },
    refusal: 'change-not-authorized',
  },
  // Before production it begins nothing; as the last thing that was open it ends the implementation.
  RecordElsewhere: { moves: { ...stays(RAISED), implement: ['implement', 'review'] }, refusal: 'not-found' },
  BeginWork: {
    moves: { scheduled: ['implement'], implement: ['implement'] },
    refusal: 'change-not-authorized',
  },
  FinishWork: {
    moves: { implement: ['implement', 'review'], review: ['review'] },
    refusal: 'change-not-authorized',
    but: { closed: 'change-not-open', canceled: 'change-not-open' },
  },
  WithdrawTargets: {
    moves: {
      ...Object.fromEntries([...OPEN.slice(0, 4), 'canceled'].map(state => [state, ['canceled']])),
      implement: ['implement', 'review'],
    },
    refusal: 'change-not-open',
  },
  WithdrawRemaining: { moves: { implement: ['implement', 'review'] }, refusal: 'change-not-in-implementation' },
  EndWindow: { moves: { ...stays(RAISED), implement: ['implement', 'review'] }, refusal: 'not-found' },
  FlagUnauthorized: { moves: stays(RAISED), refusal: 'not-found' },
  ReviewChange: { moves: stays(['review']), refusal: 'change-not-in-review' },
  AddTask: { moves: stays(OPEN), refusal: 'change-not-open' },
  MoveTask: { moves: stays(OPEN), refusal: 'change-not-open' },
  AssignTask: { moves: stays(OPEN), refusal: 'change-not-open' },
  FinishTask: { moves: stays(OPEN), refusal: 'change-not-open' },
  DropTask: { moves: stays(OPEN), refusal: 'change-not-open' },
  // What a change caused may be known long after its end.
  LinkRecord: { moves: stays(RAISED), refusal: 'not-found' },
  UnlinkRecord: { moves: stays(RAISED), refusal: 'not-found' },
  CloseChange: { moves: { review: ['closed'], closed: ['closed'] }, refusal: 'change-not-in-review' },
} as const satisfies Partial<MoveTable>;

/** Where a change that skips these steps is once its approvals were asked for; the first where the policy has no slots. */
const askedOf = ({ skips }: ModelDefinition): readonly [Status, 'authorize'] => [
  skips.includes('authorize') ? 'scheduled' : skips.includes('assess') ? 'new' : 'assess',
  'authorize',
];

const proposals = (model: ModelDefinition) => {
  const asked = askedOf(model);
  const either = (state: Status): readonly Status[] => [...new Set([state, ...asked])];
  const planned: Moves = {
    ...Object.fromEntries(OPEN.slice(0, 4).map(state => [state, either(state)])),
    implement: ['implement'],
  };
  // What changes nothing is already so, also when it is over.
  const revised: Moves = {
    ...planned,
    ...stays(['review', 'closed', 'canceled']),
  };
  const assesses = !model.skips.includes('assess');
  const asksAgain: readonly Status[] = [assesses ? 'new' : asked[0], 'authorize'];
  return {
    RaiseChange: { moves: { none: asked }, refusal: 'already-raised' },
    ProposeChange: { moves: { none: asked, ...revised }, refusal: 'change-not-open' },
    ReviseChange: { moves: revised, refusal: 'change-not-open' },
    PlanChange: { moves: planned, refusal: 'change-not-open' },
    AssessRisk: assesses
      ? { moves: { authorize: either('authorize'), scheduled: either('scheduled') }, refusal: 'change-not-open' }
      : { moves: {}, refusal: 'model-not-assessed' },
    RequestApprovals: {
      moves: { new: asksAgain, assess: ['assess', 'authorize'] },
      refusal: 'change-not-open',
      but: { authorize: 'approvals-already-requested' },
    },
  } satisfies Partial<MoveTable>;
};

/** Without the steps that are skipped whatever the policy says. */
const reachable = ({ skips }: ModelDefinition, table: MoveTable): MoveTable =>
  Object.fromEntries(
    Object.entries(table).map(([type, row]: [string, Row]) => {
      const { assess, ...moves } = row.moves;
      return [type, { ...row, moves: { ...moves, ...(assess && !skips.includes('assess') && { assess }) } }];
    }),
  ) as MoveTable;

const tableOf = (model: ModelDefinition): MoveTable => reachable(model, { ...everyModel, ...proposals(model) });

export const changeMoves: Readonly<Record<ChangeModel, MoveTable>> = {
  standard: tableOf(changeModels.standard),
  normal: tableOf(changeModels.normal),
  emergency: tableOf(changeModels.emergency),
};

/** The refusal of a command in a state; undefined: it may be asked there, and is decided on by its own rules. */
export const refusedMove = (change: Change, { type, data }: ChangeCommand): Rejection<MoveRefusal> | undefined => {
  const { status } = change;
  // Of a change that is not there the command says the model; without one nothing can be asked of it.
  const model = change.status === 'none' ? ('model' in data ? data.model : 'normal') : change.model;
  const { moves, refusal, but } = changeMoves[model][type];
  if (moves[status]) return undefined;
  const code = status === 'none' ? 'not-found' : (but?.[status] ?? refusal);
  return reject(code, REASONS[code].replace('{status}', status));
};

const REASONS: Readonly<Record<MoveRefusal, string>> = {
  'not-found': 'There is no such change.',
  'already-raised': 'This change was raised before.',
  'approvals-already-requested': 'It waits for approvals already.',
  'change-in-review': 'From review on a change is not canceled: review and close it.',
  'change-not-authorized': 'The change is in {status}: nothing may run under it.',
  'change-not-in-implementation': 'The change is in {status}, not being implemented.',
  'change-not-in-review': 'The change is in {status}, not in review.',
  'change-not-open': 'The change is in {status}: this is not possible there.',
  'model-not-assessed': 'The risk of changes of this model is not assessed.',
  'not-awaiting-approval': 'The change is in {status}: nothing is waiting for approval.',
};
