import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import type { AccessReviewEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { AccessReviewRow } from './access-review-list.entity.ts';

type Row = RowOf<AccessReviewRow>;

const opened = ({
  stream,
  version,
  data,
}: Delivery<Extract<AccessReviewEvent, { type: 'AccessReviewOpened' }>>): Row => ({
  id: idOf(stream),
  number: null,
  title: data.title,
  owner: data.owner,
  state: 'Open',
  heldAt: data.at,
  dueOn: data.dueOn ?? null,
  people: [...new Set(data.rights.map(({ person }) => person))],
  rights: data.rights.length,
  confirmed: 0,
  revoked: 0,
  labels: [],
  refs: [],
  openedAt: data.occurredAt,
  version,
});

const changesBy = ({ type }: AccessReviewEvent, { confirmed, revoked }: Row): Partial<Row> => {
  if (type === 'AccessRightConfirmed') return { confirmed: confirmed + 1 };
  if (type === 'AccessRightRevoked') return { revoked: revoked + 1 };
  if (type === 'AccessReviewCompleted') return { state: 'Completed' };
  return type === 'AccessReviewCanceled' ? { state: 'Canceled' } : {};
};

export const accessReviewList = rowPerStream<AccessReviewEvent, Row>({
  consumer: 'catalog.access-reviews',
  categories: ['accessReview'],
  table: 'access_reviews_v1',
  numbered: true,
  fold: describedRow('accessReview', (row, event) => {
    if (event.type === 'AccessReviewOpened') return row ?? opened(event);
    return row && { ...row, version: event.version, ...changesBy(event, row) };
  }),
});
