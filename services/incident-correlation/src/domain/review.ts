import { after, derivedId } from '@slipway/canonical';
import { type ReviewEvent, taskFactIn } from '@slipway/contracts';
import {
  type Decider,
  type Decision,
  isRejection,
  type Message,
  reject,
  type Rejection,
  type Stamp,
  type Stamped,
} from '@slipway/event-sourcing';
import { isMove, type Moves, staying } from './moves.ts';
import {
  areAllSettled,
  decideTask,
  evolveTasks,
  isTaskCommand,
  type TaskCommand,
  type TaskRefusal,
  type Tasks,
} from './tasks.ts';

type Facts<Type extends ReviewEvent['type']> = Omit<Extract<ReviewEvent, { type: Type }>['data'], keyof Stamp>;

/** By a person. */
export type ScheduleReview = Message<'ScheduleReview', Facts<'ReviewScheduled'>>;
/** By a process: schedules the review, or says on the one that there is what else called for it. */
export type RecordOccasion = Message<
  'RecordOccasion',
  Facts<'ReviewOccasionAdded'> & Pick<Facts<'ReviewScheduled'>, 'title' | 'dueAt'>
>;
export type GiveFeedback = Message<'GiveFeedback', Facts<'ReviewFeedbackGiven'>>;
export type RecordFinding = Message<'RecordFinding', Facts<'ReviewFindingRecorded'>>;
export type HoldReview = Message<'HoldReview', Facts<'ReviewHeld'>>;
export type CompleteReview = Message<'CompleteReview'>;
export type ReviewCommand =
  ScheduleReview | RecordOccasion | GiveFeedback | RecordFinding | HoldReview | CompleteReview | TaskCommand;

/** A review is held within this time of its occasion. */
const DUE_HOURS = 72;
export const reviewDueAt = (occasion: string): string => after(occasion, { hours: DUE_HOURS });

/** One incident, one review, however often it is resolved; one that a person asks for is the same. */
export const reviewOfIncident = (incidentId: string): string => `review-${derivedId('review', 'incident', incidentId)}`;
export const reviewOfChange = (changeId: string): string => `review-${derivedId('review', 'change', changeId)}`;

export type ReviewStatus = 'none' | 'due' | 'held' | 'actions-open' | 'completed';
type Occasion = Readonly<{ occasion: string; incidentId?: string; changeId?: string }>;
type There = Readonly<{
  status: Exclude<ReviewStatus, 'none'>;
  actions: Tasks;
  occasions: readonly Occasion[];
}>;
export type Review = Readonly<{ status: 'none' }> | There;

export type ReviewRefusal =
  | 'not-found'
  | 'already-scheduled'
  | 'review-not-held'
  | 'review-held'
  | 'review-completed'
  | 'actions-open'
  | 'no-actions'
  | TaskRefusal;
type ReviewDecision = Decision<ReviewEvent, ReviewRefusal>;

const HEARING = ['GiveFeedback', 'RecordFinding', 'RecordOccasion'] as const;
const ACTING = ['ChangeTask', 'CompleteTask', 'DropTask'] as const;

/** Feedback and findings are collected before it is held too; what is to be done is agreed on when it is. */
export const reviewMoves: Moves<ReviewStatus, ReviewCommand['type']> = {
  none: { ScheduleReview: ['due'], RecordOccasion: ['due'] },
  due: { ...staying('due', ...HEARING), HoldReview: ['held'] },
  held: { ...staying('held', ...HEARING, 'HoldReview'), AddTask: ['actions-open'], CompleteReview: ['completed'] },
  'actions-open': {
    ...staying('actions-open', ...HEARING, ...ACTING, 'AddTask'),
    CompleteReview: ['completed'],
  },
  completed: staying('completed', 'CompleteReview', 'RecordOccasion'),
};

const refusedMove = (status: ReviewStatus, command: ReviewCommand['type']): Rejection<ReviewRefusal> | undefined => {
  if (isMove(reviewMoves, status, command)) return undefined;
  if (status === 'none') return reject('not-found', 'There is no such review.');
  if (command === 'ScheduleReview') return reject('already-scheduled', 'There is a review of it already.');
  if (status === 'completed') return reject('review-completed', 'The review is completed.');
  if (status === 'due') return reject('review-not-held', 'Hold the review first.');
  return command === 'HoldReview'
    ? reject('review-held', 'The review was held.')
    : reject('no-actions', 'No action was agreed on.');
};

const act = (command: TaskCommand, stamp: Stamp, { actions }: There): ReviewDecision => {
  const facts = decideTask(command, actions);
  if (isRejection(facts)) return facts;
  return facts.map(({ type, data }) => ({ type: `ReviewAction${type}`, data: { ...stamp, ...data } }) as ReviewEvent);
};

const complete = (stamp: Stamp, { status, actions }: There): ReviewDecision => {
  if (status === 'completed') return [];
  if (!areAllSettled(actions)) return reject('actions-open', 'Every action is done or dropped with a reason first.');
  return [{ type: 'ReviewCompleted', data: stamp }];
};

const isSame = (one: Occasion, other: Occasion): boolean =>
  one.occasion === other.occasion && one.incidentId === other.incidentId && one.changeId === other.changeId;

const record = ({ data, stamp }: Stamped<RecordOccasion>, { occasions }: There): ReviewDecision => {
  const { title: _, dueAt: __, ...occasion } = data;
  if (occasions.some(each => isSame(each, occasion))) return [];
  return [{ type: 'ReviewOccasionAdded', data: { ...stamp, ...occasion } }];
};

const decided = (command: Stamped<Exclude<ReviewCommand, ScheduleReview>>, review: There): ReviewDecision => {
  const { stamp } = command;
  if (isTaskCommand(command)) return act(command, stamp, review);
  switch (command.type) {
    case 'RecordOccasion':
      return record(command, review);
    case 'GiveFeedback':
      return [{ type: 'ReviewFeedbackGiven', data: { ...stamp, ...command.data } }];
    case 'RecordFinding':
      return [{ type: 'ReviewFindingRecorded', data: { ...stamp, ...command.data } }];
    case 'HoldReview':
      return review.status === 'held' ? [] : [{ type: 'ReviewHeld', data: { ...stamp, ...command.data } }];
    case 'CompleteReview':
      return complete(stamp, review);
  }
};

const decide = (command: Stamped<ReviewCommand>, review: Review): ReviewDecision => {
  const refused = refusedMove(review.status, command.type);
  if (refused) return refused;
  if (review.status !== 'none') return command.type === 'ScheduleReview' ? [] : decided(command, review);
  if (command.type !== 'ScheduleReview' && command.type !== 'RecordOccasion') return [];
  return [{ type: 'ReviewScheduled', data: { ...command.stamp, ...command.data } }];
};

const evolve = (review: Review, event: ReviewEvent): Review => {
  if (event.type === 'ReviewScheduled') return { status: 'due', actions: {}, occasions: [event.data] };
  if (review.status === 'none') return review;
  if (event.type === 'ReviewOccasionAdded') return { ...review, occasions: [...review.occasions, event.data] };
  const action = taskFactIn('ReviewAction', event);
  if (action) return { ...review, status: 'actions-open', actions: evolveTasks(review.actions, action) };
  if (event.type === 'ReviewHeld') return { ...review, status: 'held' };
  return event.type === 'ReviewCompleted' ? { ...review, status: 'completed' } : review;
};

export const review: Decider<ReviewCommand, ReviewEvent, Review, ReviewRefusal> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
