import type { AccessReviewEvent, OwnEvent } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';

type Own = OwnEvent<AccessReviewEvent>;
type DataOf<Type extends Own['type']> = Omit<Extract<Own, { type: Type }>['data'], keyof Stamp>;

export type AccessRight = DataOf<'AccessReviewOpened'>['rights'][number];

export type OpenAccessReview = Message<'OpenAccessReview', DataOf<'AccessReviewOpened'>>;
/** `rightId`: the id of the grant, or the `kid` of the key. Reasons are sealed. */
export type ConfirmAccessRight = Message<'ConfirmAccessRight', Readonly<{ rightId: string; reason?: string }>>;
export type RevokeAccessRight = Message<'RevokeAccessRight', Readonly<{ rightId: string; reason: string }>>;
export type CancelAccessReview = Message<'CancelAccessReview', Readonly<{ reason: string }>>;
export type AccessReviewCommand = OpenAccessReview | ConfirmAccessRight | RevokeAccessRight | CancelAccessReview;

export type AccessReviewCode =
  | 'nothing-to-review'
  | 'already-opened'
  | 'not-found'
  | 'review-completed'
  | 'review-canceled'
  | 'not-in-review'
  | 'already-decided'
  | 'own-access';

type RightDecision = 'confirmed' | 'revoked';
export type AccessReviewState =
  | Readonly<{ status: 'None' | 'Completed' | 'Canceled' }>
  | Readonly<{ status: 'Open'; rights: readonly AccessRight[]; decided: Readonly<Record<string, RightDecision>> }>;
type Open = Extract<AccessReviewState, { status: 'Open' }>;
export type Status = AccessReviewState['status'];

/** State -> command -> where it may lead: the last decision completes. What is not here is refused. */
export const accessReviewMoves: Readonly<
  Record<Status, Readonly<Partial<Record<AccessReviewCommand['type'], readonly Status[]>>>>
> = {
  None: { OpenAccessReview: ['Open'] },
  Open: {
    ConfirmAccessRight: ['Open', 'Completed'],
    RevokeAccessRight: ['Open', 'Completed'],
    CancelAccessReview: ['Canceled'],
  },
  Completed: {},
  Canceled: {},
};

type Decided = Decision<Own, AccessReviewCode>;

export const rightIdOf = ({ roleGrantId, kid }: AccessRight): string => roleGrantId ?? kid ?? '';

const open = ({ data, stamp }: Stamped<OpenAccessReview>): Decided =>
  data.rights.length === 0
    ? reject('nothing-to-review', 'Nobody held anything of this then.')
    : [{ type: 'AccessReviewOpened', data: { ...data, ...stamp } }];

const decideRight = (command: Stamped<ConfirmAccessRight | RevokeAccessRight>, state: Open): Decided => {
  const { rightId, ...said } = command.data;
  const right = state.rights.find(each => rightIdOf(each) === rightId);
  if (!right) return reject('not-in-review', 'This review is not about that.');
  if (state.decided[rightId] !== undefined)
    return reject('already-decided', `It was ${state.decided[rightId]} before.`);
  if (right.person === command.stamp.actor)
    return reject('own-access', 'Nobody reviews his own access: somebody else decides this one.');
  const facts = { ...right, ...command.stamp };
  const event: Own =
    command.type === 'ConfirmAccessRight'
      ? { type: 'AccessRightConfirmed', data: { ...said, ...facts } }
      : { type: 'AccessRightRevoked', data: { reason: command.data.reason, ...facts } };
  const after = evolveOpen(state, event);
  return isDecided(after) ? [event, completed(after, command.stamp)] : [event];
};

const isDecided = ({ rights, decided }: Open): boolean => rights.every(right => rightIdOf(right) in decided);

const completed = ({ decided }: Open, stamp: Stamp): Own => {
  const decisions = Object.values(decided);
  const count = (wanted: RightDecision): number => decisions.filter(each => each === wanted).length;
  return {
    type: 'AccessReviewCompleted',
    data: { confirmed: count('confirmed'), revoked: count('revoked'), ...stamp },
  };
};

const refusal = ({ type }: AccessReviewCommand, status: Status): Decided => {
  if (status === 'None') return reject('not-found', 'There is no such review.');
  if (type === 'OpenAccessReview') return reject('already-opened', 'This review was opened before.');
  return status === 'Canceled'
    ? reject('review-canceled', 'The review was canceled: open another one.')
    : reject('review-completed', 'All was decided: open another one, or revoke the grant itself.');
};

const decide = (command: Stamped<AccessReviewCommand>, state: AccessReviewState): Decided => {
  if (accessReviewMoves[state.status][command.type] === undefined) return refusal(command, state.status);
  if (command.type === 'OpenAccessReview') return open(command);
  if (state.status !== 'Open') return refusal(command, state.status);
  return command.type === 'CancelAccessReview'
    ? [{ type: 'AccessReviewCanceled', data: { ...command.data, ...command.stamp } }]
    : decideRight(command, state);
};

const evolveOpen = (state: Open, { type, data }: Extract<Own, { type: `AccessRight${string}` }>): Open => ({
  ...state,
  decided: { ...state.decided, [rightIdOf(data)]: type === 'AccessRightConfirmed' ? 'confirmed' : 'revoked' },
});

const evolve = (state: AccessReviewState, event: Own): AccessReviewState => {
  switch (event.type) {
    case 'AccessReviewOpened':
      return { status: 'Open', rights: event.data.rights, decided: {} };
    case 'AccessRightConfirmed':
    case 'AccessRightRevoked':
      return state.status === 'Open' ? evolveOpen(state, event) : state;
    case 'AccessReviewCompleted':
      return { status: 'Completed' };
    case 'AccessReviewCanceled':
      return { status: 'Canceled' };
  }
};

export const accessReview: Decider<AccessReviewCommand, Own, AccessReviewState, AccessReviewCode> = {
  initialState: { status: 'None' },
  decide,
  evolve,
};
