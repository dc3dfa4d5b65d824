import { recordList, wordsIn } from '@slipway/service';
import { DeploymentRow } from './deployment-list.entity.ts';
import { answered } from './row.ts';

/** Service and environment by id or name; the others by id. `from` and `to`: requested in between, `to` excluded. */
export type DeploymentFilter = Readonly<{
  id?: string;
  q?: string;
  ref?: string;
  label?: string;
  state?: string;
  kind?: string;
  service?: string;
  environment?: string;
  release?: string;
  change?: string;
  unauthorized?: boolean;
  from?: string;
  to?: string;
}>;

/** The latest request first. */
export const deployments = recordList<DeploymentRow, DeploymentFilter>({
  entity: DeploymentRow,
  at: 'requestedAt',
  conditions: {
    id: 'list.id = :id',
    q: wordsIn(`coalesce(list.artifactVersion, '')`),
    ref: 'list.refs @> ARRAY[:ref]',
    label: 'list.labels @> ARRAY[:label]',
    state: 'list.state = :state',
    kind: 'list.kind = :kind',
    service: 'list.serviceId IN (SELECT id FROM known_services_v1 WHERE id = :service OR name = :service)',
    environment:
      'list.environmentId IN (SELECT id FROM known_environments_v1 WHERE id = :environment OR name = :environment)',
    release: 'list.releaseId = :release',
    change: 'list.changeId = :change',
    unauthorized: 'list.unauthorized = :unauthorized',
    from: 'list.requestedAt >= :from',
    to: 'list.requestedAt < :to',
  },
  places: 'SELECT list.serviceId, list.environmentId',
  item: answered,
});
