import type { ReviewEvent } from '@slipway/contracts';
import { fold, isRejection, specification, stampOf } from '@slipway/event-sourcing';
import { review, type ReviewCommand, reviewDueAt, reviewMoves, type ReviewStatus } from './review.ts';

const given = specification(review);
const stamp = stampOf('person-ines');
const reason = 'sealed:v1:r';
const told = (type: ReviewEvent['type'], data: object = {}): ReviewEvent =>
  ({ type, data: { ...stamp, ...data } }) as unknown as ReviewEvent;
const ask = (type: ReviewCommand['type'], data: object = {}) => ({ type, data, stamp }) as never;

const stated = {
  title: 'Review of: Checkout fails',
  incidentId: 'i1',
  occasion: 'person',
  dueAt: '2026-03-05T09:00:00Z',
};
const scheduled = told('ReviewScheduled', stated);
const held = told('ReviewHeld', { attendees: ['person-ann'] });
const added = told('ReviewActionAdded', { taskId: 't1', title: 'Alert on the pool' });
const done = told('ReviewActionDone', { taskId: 't1' });
const histories: Readonly<Record<ReviewStatus, readonly ReviewEvent[]>> = {
  none: [],
  due: [scheduled],
  held: [scheduled, held],
  'actions-open': [scheduled, held, added],
  completed: [scheduled, held, added, done, told('ReviewCompleted')],
};
const commands: Readonly<Record<ReviewCommand['type'], object>> = {
  ScheduleReview: stated,
  RecordOccasion: { ...stated, occasion: 'change-caused-incident', changeId: 'c1' },
  GiveFeedback: { feedbackId: 'f1', text: reason },
  RecordFinding: { findingId: 'f1', kind: 'root-cause', text: reason },
  HoldReview: { attendees: [] },
  CompleteReview: {},
  AddTask: { taskId: 't2', title: 'Tell support' },
  ChangeTask: { taskId: 't1', order: 1 },
  CompleteTask: { taskId: 't1' },
  DropTask: { taskId: 't1', reason },
};
const statuses = Object.keys(reviewMoves) as ReviewStatus[];
const types = Object.keys(commands) as ReviewCommand['type'][];
const pairs = statuses.flatMap(status => types.map(type => [status, type] as const));
const isAllowed = ([status, type]: (typeof pairs)[number]): boolean => reviewMoves[status][type] !== undefined;
const waitsForActions = ([status, type]: (typeof pairs)[number]): boolean =>
  status === 'actions-open' && type === 'CompleteReview';

test.each(pairs.filter(pair => isAllowed(pair) && !waitsForActions(pair)))(
  '%s: %s leads where the table says',
  (status, type) => {
    const decision = given(...histories[status]).when(ask(type, commands[type]));
    const events = isRejection(decision) ? [] : decision;
    expect(decision).toEqual(events);
    expect(reviewMoves[status][type]).toContain(fold(review, [...histories[status], ...events]).status);
  },
);

test.each(pairs.filter(pair => !isAllowed(pair)))('%s: %s is refused with a code', (status, type) =>
  expect(given(...histories[status]).when(ask(type, commands[type]))).toMatchObject({
    rejected: expect.stringMatching(/^(not-found|already-scheduled|review-[a-z-]+|no-actions)$/),
  }),
);

test.each([
  ['due', 'AddTask', 'review-not-held'],
  ['due', 'CompleteReview', 'review-not-held'],
  ['held', 'DropTask', 'no-actions'],
  ['actions-open', 'HoldReview', 'review-held'],
  ['completed', 'AddTask', 'review-completed'],
  ['due', 'ScheduleReview', 'already-scheduled'],
  ['none', 'HoldReview', 'not-found'],
] as const)('%s: %s is refused as %s', (status, type, rejected) =>
  expect(given(...histories[status]).when(ask(type, commands[type]))).toMatchObject({ rejected }),
);

test('is completed only when every action is done or dropped with a reason', () => {
  const complete = ask('CompleteReview');
  const another = told('ReviewActionAdded', { taskId: 't2', title: 'Write it down' });
  expect(given(scheduled, held, added).when(complete)).toMatchObject({ rejected: 'actions-open' });
  expect(given(scheduled, held, added, done, another).when(complete)).toMatchObject({ rejected: 'actions-open' });
  const dropped = told('ReviewActionDropped', { taskId: 't2', reason });
  expect(given(scheduled, held, added, done, another, dropped).when(complete)).toEqual([told('ReviewCompleted')]);
});

test('a second occasion needs no second review, and is recorded on the first, once', () => {
  const occasion = { occasion: 'change-caused-incident', incidentId: 'i1', changeId: 'c1' };
  const again = ask('RecordOccasion', { title: stated.title, dueAt: stated.dueAt, ...occasion });
  expect(given(scheduled).when(again)).toEqual([told('ReviewOccasionAdded', occasion)]);
  expect(given(scheduled, told('ReviewOccasionAdded', occasion)).when(again)).toEqual([]);
  expect(given().when(again)).toEqual([told('ReviewScheduled', { ...stated, ...occasion })]);
  expect(given(told('ReviewScheduled', { ...stated, ...occasion })).when(again)).toEqual([]);
});

test('is due 72 hours after its occasion', () =>
  expect(reviewDueAt('2026-03-02T09:00:00Z')).toBe('2026-03-05T09:00:00.000Z'));
