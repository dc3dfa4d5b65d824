import { recordList } from '@slipway/service';
import { ThresholdRow } from './threshold-list.entity.ts';

export type ThresholdsWanted = Readonly<{
  q?: string;
  state?: string;
  ref?: string;
  label?: string;
  measure?: string;
  service?: string;
  team?: string;
  application?: string;
  from?: string;
  to?: string;
}>;

export const thresholds = recordList<ThresholdRow, ThresholdsWanted>({
  entity: ThresholdRow,
  at: 'setAt',
  conditions: {
    q: '(strpos(lower(list.title), lower(:q)) > 0 OR strpos(lower(list.number), lower(:q)) > 0)',
    state: 'list.state = :state',
    ref: 'list.refs @> ARRAY[:ref]',
    label: 'list.labels @> ARRAY[:label]',
    measure: "list.terms ->> 'measure' = :measure",
    service: 'list.serviceIds @> ARRAY[:service]',
    team: `list.terms -> 'about' = jsonb_build_object('kind', 'team', 'id', :team::text)`,
    application: `list.terms -> 'about' = jsonb_build_object('kind', 'application', 'id', :application::text)`,
    from: 'list.setAt >= :from',
    to: 'list.setAt < :to',
  },
  places: `
    SELECT service, '*' FROM unnest(CASE WHEN list.serviceIds = '{}' THEN '{*}' ELSE list.serviceIds END) AS services (service)`,
  item: ({ number, terms, setAt, updatedAt, ...row }) => ({
    ...row,
    ...(number && { number }),
    ...terms,
    setAt: setAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  }),
});
