import type { IncidentEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Process, type Recorded } from '@slipway/event-sourcing';
import { reviewDueAt, reviewOfIncident, type ScheduleReview } from '../domain/review.ts';

const EVENTS = [
  'IncidentDetected',
  'IncidentDetailsChanged',
  'MajorIncidentDeclared',
  'MajorIncidentLifted',
  'IncidentResolved',
  'IncidentReopened',
] as const;
type Event = Extract<IncidentEvent, { type: (typeof EVENTS)[number] }>;
type State = Readonly<{ title: string; major: boolean; resolved: boolean }>;

const evolve = (state: State, { type, data }: Recorded<Event>): State => {
  switch (type) {
    case 'IncidentDetected':
      return { title: data.title, major: data.major, resolved: false };
    case 'IncidentDetailsChanged':
      return { ...state, title: data.title ?? state.title };
    case 'MajorIncidentDeclared':
      return { ...state, major: true };
    case 'MajorIncidentLifted':
      return { ...state, major: false };
    case 'IncidentResolved':
      return { ...state, resolved: true };
    case 'IncidentReopened':
      return { ...state, resolved: false };
  }
};

const react = (
  { type, stream, data }: Recorded<Event>,
  { title, major, resolved }: State,
): readonly Instruction<ScheduleReview>[] => {
  if (!major || !resolved || (type !== 'IncidentResolved' && type !== 'MajorIncidentDeclared')) return [];
  const incidentId = idOf(stream);
  const review: ScheduleReview['data'] = {
    title: `Review of: ${title}`.slice(0, 200),
    incidentId,
    occasion: 'major-incident',
    dueAt: reviewDueAt(data.occurredAt),
  };
  return [{ send: { type: 'ScheduleReview', data: review }, to: reviewOfIncident(incidentId) }];
};

/** Also of one that is found to have been a major one after it was resolved. */
export const scheduleReviewWhenMajorIncidentResolved: Process<Event, ScheduleReview, State> = {
  name: 'schedule-review-when-major-incident-resolved',
  events: EVENTS,
  instance: ({ stream }) => stream,
  initialState: { title: 'an incident', major: false, resolved: false },
  evolve,
  react,
};
