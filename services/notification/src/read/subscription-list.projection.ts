import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import type { SubscriptionEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { SubscriptionRow } from './subscription-list.entity.ts';
import { stateAfter } from './subscription.view.ts';

type Row = RowOf<SubscriptionRow>;

const created = ({
  stream,
  version,
  data,
}: Delivery<Extract<SubscriptionEvent, { type: 'SubscriptionCreated' }>>): Row => ({
  id: idOf(stream),
  number: null,
  title: data.title,
  owner: data.owner,
  state: 'Active',
  kind: data.channel.kind,
  filter: data.filter,
  labels: [],
  refs: [],
  createdAt: data.recordedAt,
  updatedAt: data.recordedAt,
  version,
});

export const subscriptionList = rowPerStream<SubscriptionEvent, Row>({
  consumer: 'notification.subscriptions',
  categories: ['subscription'],
  table: 'subscriptions_v1',
  numbered: true,
  fold: describedRow('subscription', (row, event) => {
    if (event.type === 'SubscriptionCreated') return row ?? created(event);
    const { version, data } = event;
    const filter = event.type === 'SubscriptionFilterChanged' ? { filter: event.data.filter } : {};
    return row && { ...row, version, updatedAt: data.recordedAt, ...stateAfter(event), ...filter };
  }),
});
