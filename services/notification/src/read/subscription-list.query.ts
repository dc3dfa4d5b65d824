import { recordList } from '@slipway/service';
import { SubscriptionRow } from './subscription-list.entity.ts';

/** `owner` is a pseudonym; `service` and `environment` are ids that the filter names; `from` and `to` bound when it was created. */
export type SubscriptionFilterWanted = Readonly<{
  q?: string;
  state?: string;
  owner?: string;
  ref?: string;
  label?: string;
  service?: string;
  environment?: string;
  from?: string;
  to?: string;
}>;

/** The last created first. */
export const subscriptions = recordList<SubscriptionRow, SubscriptionFilterWanted>({
  entity: SubscriptionRow,
  at: 'createdAt',
  conditions: {
    q: '(strpos(lower(list.title), lower(:q)) > 0 OR strpos(lower(list.number), lower(:q)) > 0)',
    state: 'list.state = :state',
    owner: 'list.owner = :owner',
    ref: 'list.refs @> ARRAY[:ref]',
    label: 'list.labels @> ARRAY[:label]',
    service: "jsonb_exists(list.filter -> 'serviceIds', :service)",
    environment: "jsonb_exists(list.filter -> 'environmentIds', :environment)",
    from: 'list.createdAt >= :from',
    to: 'list.createdAt < :to',
  },
  places: `
    SELECT * FROM jsonb_array_elements_text(coalesce(list.filter -> 'serviceIds', '["*"]')) AS services (service)
    CROSS JOIN jsonb_array_elements_text(coalesce(list.filter -> 'environmentIds', '["*"]')) AS environments (environment)`,
  item: ({ number, createdAt, updatedAt, ...row }) => ({
    ...row,
    ...(number && { number }),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }),
});
