import type { ChangeEvent, ReviewEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Process, type Recorded } from '@slipway/event-sourcing';
import { type RecordOccasion, reviewDueAt, reviewOfChange } from '../domain/review.ts';

type Event = Extract<
  ChangeEvent | ReviewEvent,
  { type: 'ChangeRaised' | 'ChangeClosed' | 'ReviewScheduled' | 'ReviewOccasionAdded' }
>;
/** `review`: of the incident that it caused, once there is one. */
type State = Readonly<{ title: string; review?: string }>;

const instance = (event: Recorded<Event>): string | undefined =>
  event.type === 'ChangeRaised' || event.type === 'ChangeClosed' ? idOf(event.stream) : event.data.changeId;

const evolve = (state: State, event: Recorded<Event>): State => {
  switch (event.type) {
    case 'ChangeRaised':
      return { ...state, title: event.data.title };
    case 'ChangeClosed':
      return state;
    default:
      return { ...state, review: state.review ?? event.stream };
  }
};

const react = (event: Recorded<Event>, { title, review }: State): readonly Instruction<RecordOccasion>[] => {
  if (event.type !== 'ChangeClosed' || event.data.closeCode !== 'unsuccessful') return [];
  const changeId = idOf(event.stream);
  const data = {
    title: `Review of: ${title}`.slice(0, 200),
    changeId,
    occasion: 'unsuccessful-change',
    dueAt: reviewDueAt(event.data.occurredAt),
  } as const;
  return [{ send: { type: 'RecordOccasion', data }, to: review ?? reviewOfChange(changeId) }];
};

/** Closed as unsuccessful: the review that deals with it already hears of it, else it gets one. */
export const scheduleReviewWhenChangeUnsuccessful: Process<Event, RecordOccasion, State> = {
  name: 'schedule-review-when-change-unsuccessful',
  events: ['ChangeRaised', 'ChangeClosed', 'ReviewScheduled', 'ReviewOccasionAdded'],
  instance,
  initialState: { title: 'a change' },
  evolve,
  react,
};
