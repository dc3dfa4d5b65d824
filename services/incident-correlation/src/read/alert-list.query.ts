import { recordList, wordsIn } from '@slipway/service';
import { AlertRow } from './alert-list.entity.ts';

/** `service` and `environment` are ids; `from` and `to` are about when it was reported. */
export type AlertFilter = Readonly<{
  q?: string;
  state?: string;
  service?: string;
  environment?: string;
  team?: string;
  from?: string;
  to?: string;
}>;

const itemOf = ({ startsAt, endsAt, reportedAt, serviceIds, ...row }: AlertRow) => ({
  ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
  serviceIds,
  ...(startsAt && { startsAt: startsAt.toISOString() }),
  ...(endsAt && { endsAt: endsAt.toISOString() }),
  reportedAt: reportedAt.toISOString(),
});

/** The last reported first. */
export const alerts = recordList<AlertRow, AlertFilter>({
  entity: AlertRow,
  at: 'reportedAt',
  conditions: {
    q: wordsIn(`coalesce(list.name, '')`),
    state: 'list.state = lower(:state)',
    service: 'list.serviceIds @> ARRAY[:service]',
    environment: 'list.environmentId = :environment',
    team: 'list.serviceIds && ARRAY(SELECT id FROM known_services_v1 WHERE owner_team = :team)',
    from: 'list.reportedAt >= :from',
    to: 'list.reportedAt < :to',
  },
  places: "SELECT unnest(list.serviceIds), coalesce(list.environmentId, '')",
  item: itemOf,
});
