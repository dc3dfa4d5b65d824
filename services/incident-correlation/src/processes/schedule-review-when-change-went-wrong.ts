import type { ChangeEvent, IncidentEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Process, type Recorded } from '@slipway/event-sourcing';
import { reviewDueAt, reviewOfChange, type ScheduleReview } from '../domain/review.ts';

type Event = Extract<ChangeEvent | IncidentEvent, { type: 'ChangeRaised' | 'ChangeClosed' | 'CauseConfirmed' }>;
type Occasion = Pick<ScheduleReview['data'], 'incidentId' | 'occasion' | 'dueAt'>;
/** `title`: once the change was told of. `first`: the occasion that came first. */
type State = Readonly<{ title?: string; first?: Occasion }>;

const changeIdOf = (event: Recorded<Event>): string | undefined =>
  event.type === 'CauseConfirmed' ? event.data.changeId : idOf(event.stream);

const occasionIn = ({ type, stream, data }: Recorded<Event>): Occasion | undefined => {
  const dueAt = reviewDueAt(data.occurredAt);
  if (type === 'CauseConfirmed') return { incidentId: idOf(stream), occasion: 'change-caused-incident', dueAt };
  if (type === 'ChangeClosed' && data.closeCode === 'unsuccessful') return { occasion: 'unsuccessful-change', dueAt };
  return undefined;
};

const evolve = (state: State, event: Recorded<Event>): State => {
  if (event.type === 'ChangeRaised') return { ...state, title: event.data.title };
  const occasion = state.first ?? occasionIn(event);
  return occasion ? { ...state, first: occasion } : state;
};

const react = (event: Recorded<Event>, { title, first }: State): readonly Instruction<ScheduleReview>[] => {
  const changeId = changeIdOf(event);
  // Whichever comes first, the change or what went wrong with it: the review knows its name.
  if (changeId === undefined || title === undefined || !first) return [];
  const data = { title: `Review of: ${title}`.slice(0, 200), changeId, ...first };
  return [{ send: { type: 'ScheduleReview', data }, to: reviewOfChange(changeId) }];
};

/** A change that was closed as unsuccessful, or was confirmed as a cause of an incident. */
export const scheduleReviewWhenChangeWentWrong: Process<Event, ScheduleReview, State> = {
  name: 'schedule-review-when-change-went-wrong',
  events: ['ChangeRaised', 'ChangeClosed', 'CauseConfirmed'],
  instance: changeIdOf,
  initialState: {},
  evolve,
  react,
};
