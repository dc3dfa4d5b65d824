import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import type { ReviewEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { ReviewRow } from './review-list.entity.ts';

type Row = RowOf<ReviewRow>;

const scheduled = ({ stream, version, data }: Delivery<Extract<ReviewEvent, { type: 'ReviewScheduled' }>>): Row => ({
  id: idOf(stream),
  number: null,
  title: data.title,
  owner: data.owner ?? null,
  state: 'Due',
  occasion: data.occasion,
  incidentId: data.incidentId ?? null,
  changeId: data.changeId ?? null,
  otherIncidents: [],
  otherChanges: [],
  openActions: [],
  labels: [],
  refs: [],
  dueAt: data.dueAt,
  scheduledAt: data.occurredAt,
  heldAt: null,
  version,
});

const joined = (ids: readonly string[], id: string | undefined): string[] => [
  ...new Set([...ids, ...(id ? [id] : [])]),
];

const changesBy = (event: ReviewEvent, { openActions, otherIncidents, otherChanges }: Row): Partial<Row> => {
  switch (event.type) {
    case 'ReviewOccasionAdded': {
      const { incidentId, changeId } = event.data;
      return { otherIncidents: joined(otherIncidents, incidentId), otherChanges: joined(otherChanges, changeId) };
    }
    case 'ReviewHeld':
      return { state: 'Held', heldAt: event.data.occurredAt };
    case 'ReviewActionAdded':
      return { state: 'ActionsOpen', openActions: [...openActions, event.data.taskId] };
    case 'ReviewActionDone':
    case 'ReviewActionDropped':
      return { openActions: openActions.filter(each => each !== event.data.taskId) };
    case 'ReviewCompleted':
      return { state: 'Completed' };
    default:
      return {};
  }
};

export const reviewList = rowPerStream<ReviewEvent, Row>({
  consumer: 'incident-correlation.reviews',
  categories: ['review'],
  table: 'reviews_v1',
  numbered: true,
  fold: describedRow('review', (row, event) => {
    if (event.type === 'ReviewScheduled') return row ?? scheduled(event);
    return row && { ...row, version: event.version, ...changesBy(event, row) };
  }),
});
