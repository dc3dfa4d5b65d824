import type { IncidentEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Process, type Recorded } from '@slipway/event-sourcing';
import { type RecordOccasion, reviewDueAt, reviewOfIncident } from '../domain/review.ts';

const EVENTS = [
  'IncidentDetected',
  'IncidentDetailsChanged',
  'MajorIncidentDeclared',
  'MajorIncidentLifted',
  'IncidentResolved',
  'IncidentReopened',
  'CauseConfirmed',
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
    case 'CauseConfirmed':
      return state;
  }
};

type Occasion = Pick<RecordOccasion['data'], 'occasion' | 'changeId'>;

const occasionIn = ({ type, data }: Recorded<Event>, { major, resolved }: State): Occasion | undefined => {
  if (type === 'CauseConfirmed')
    return data.changeId === undefined ? undefined : { occasion: 'change-caused-incident', changeId: data.changeId };
  if (type !== 'IncidentResolved' && type !== 'MajorIncidentDeclared') return undefined;
  return major && resolved ? { occasion: 'major-incident' } : undefined;
};

const react = (event: Recorded<Event>, state: State): readonly Instruction<RecordOccasion>[] => {
  const occasion = occasionIn(event, state);
  if (!occasion) return [];
  const incidentId = idOf(event.stream);
  const title = `Review of: ${state.title}`.slice(0, 200);
  const data = { title, incidentId, ...occasion, dueAt: reviewDueAt(event.data.occurredAt) };
  return [{ send: { type: 'RecordOccasion', data }, to: reviewOfIncident(incidentId) }];
};

/**
 * A major one that is resolved, also one that is found to have been a major one after that, and one that a change was
 * confirmed to have caused: whatever comes first and second, an incident has one review.
 */
export const scheduleReviewWhenIncidentCallsForIt: Process<Event, RecordOccasion, State> = {
  name: 'schedule-review-when-incident-calls-for-it',
  events: EVENTS,
  instance: ({ stream }) => stream,
  initialState: { title: 'an incident', major: false, resolved: false },
  evolve,
  react,
};
