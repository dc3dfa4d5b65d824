import type { ReviewEvent } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';
import { describedView, type RecordParts } from '@slipway/records';
import { type TaskView, tasksAfter } from './tasks.view.ts';

type Of<Type extends ReviewEvent['type']> = Extract<ReviewEvent, { type: Type }>['data'];
type Occasion = Omit<Of<'ReviewOccasionAdded'>, keyof Stamp> & Readonly<{ at: string }>;
type Said = Readonly<{ by: string; at: string }>;

export type ReviewState = 'Due' | 'Held' | 'ActionsOpen' | 'Completed';

export type ReviewView = Omit<Of<'ReviewScheduled'>, keyof Stamp> &
  Readonly<{
    state: ReviewState;
    /** What else called for it. */
    occasions: readonly Occasion[];
    scheduledAt: string;
    heldAt?: string;
    attendees: readonly string[];
    summary?: string;
    feedback: readonly (Readonly<{ feedbackId: string; text: string }> & Said)[];
    findings: readonly (Readonly<{ findingId: string; kind: string; text: string }> & Said)[];
    actions: readonly TaskView[];
    completedAt?: string;
  }>;

const reviewView = (view: ReviewView | undefined, event: Recorded<ReviewEvent>): ReviewView | undefined => {
  if (event.type === 'ReviewScheduled') return scheduled(event.data);
  if (!view) return undefined;
  const actions = tasksAfter(view.actions, 'ReviewAction', event);
  return { ...view, ...(actions !== view.actions && { state: 'ActionsOpen' }), ...stepOf(view, event), actions };
};

const scheduled = (data: Of<'ReviewScheduled'>): ReviewView => {
  const { title, owner, description, incidentId, changeId, occasion, dueAt, occurredAt } = data;
  return {
    title,
    ...(owner && { owner }),
    ...(description && { description }),
    ...(incidentId && { incidentId }),
    ...(changeId && { changeId }),
    occasion,
    dueAt,
    state: 'Due',
    occasions: [],
    scheduledAt: occurredAt,
    attendees: [],
    feedback: [],
    findings: [],
    actions: [],
  };
};

const stepOf = (view: ReviewView, event: ReviewEvent): Partial<ReviewView> => {
  const { actor: by, occurredAt: at } = event.data;
  switch (event.type) {
    case 'ReviewOccasionAdded': {
      const { occasion, incidentId, changeId } = event.data;
      const another = { occasion, ...(incidentId && { incidentId }), ...(changeId && { changeId }), at };
      return { occasions: [...view.occasions, another] };
    }
    case 'ReviewFeedbackGiven': {
      const { feedbackId, text } = event.data;
      return { feedback: [...view.feedback, { feedbackId, text, by, at }] };
    }
    case 'ReviewFindingRecorded': {
      const { findingId, kind, text } = event.data;
      return { findings: [...view.findings, { findingId, kind, text, by, at }] };
    }
    case 'ReviewHeld': {
      const { attendees, summary } = event.data;
      return { state: 'Held', heldAt: at, attendees, ...(summary && { summary }) };
    }
    case 'ReviewCompleted':
      return { state: 'Completed', completedAt: at };
    default:
      return {};
  }
};

const described = describedView('review', reviewView);

type Shown = ReviewView & RecordParts & Readonly<{ overdue: boolean; actions: readonly (TaskView & Late)[] }>;
type Late = Readonly<{ overdue: boolean }>;

const isPast = (instant: string | undefined): boolean => instant !== undefined && Date.parse(instant) < Date.now();

/** With labels, references, comments and files; what is overdue is so at the moment when it is read. */
export const reviewRecord = (view: Shown | undefined, event: Recorded<ReviewEvent>): Shown | undefined => {
  const after = described(view, event);
  if (!after) return undefined;
  const actions = after.actions.map(each => ({ ...each, overdue: each.state === 'open' && isPast(each.dueAt) }));
  return { ...after, overdue: after.state === 'Due' && isPast(after.dueAt), actions };
};
