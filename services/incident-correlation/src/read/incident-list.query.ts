import { recordList, wordsIn } from '@slipway/service';
import { IncidentRow } from './incident-list.entity.ts';

/** `service` and `environment` are ids; `from` and `to` are about the detection. */
export type IncidentFilter = Readonly<{
  q?: string;
  ref?: string;
  label?: string;
  state?: string;
  severity?: string;
  major?: boolean;
  team?: string;
  service?: string;
  environment?: string;
  from?: string;
  to?: string;
}>;

const itemOf = ({
  number,
  environmentId,
  firing,
  detectedAt,
  impactStartedAt,
  mitigatedAt,
  resolvedAt,
  ...row
}: IncidentRow) => ({
  ...row,
  ...(number && { number }),
  ...(environmentId && { environmentId }),
  firingAlerts: firing.length,
  detectedAt: detectedAt.toISOString(),
  impactStartedAt: impactStartedAt.toISOString(),
  ...(mitigatedAt && { mitigatedAt: mitigatedAt.toISOString() }),
  ...(resolvedAt && { resolvedAt: resolvedAt.toISOString() }),
});

/** The last detected first. */
export const incidents = recordList<IncidentRow, IncidentFilter>({
  entity: IncidentRow,
  at: 'detectedAt',
  conditions: {
    q: wordsIn(`list.title || ' ' || coalesce(list.number, '')`),
    ref: 'list.refs @> ARRAY[:ref]',
    label: 'list.labels @> ARRAY[:label]',
    state: 'lower(list.state) = lower(:state)',
    severity: 'list.severity = :severity',
    major: 'list.major = :major',
    team: 'list.serviceIds && ARRAY(SELECT id FROM known_services_v1 WHERE owner_team = :team)',
    service: 'list.serviceIds @> ARRAY[:service]',
    environment: 'list.environmentId = :environment',
    from: 'list.detectedAt >= :from',
    to: 'list.detectedAt < :to',
  },
  places: "SELECT unnest(list.serviceIds), coalesce(list.environmentId, '')",
  item: itemOf,
});
