import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { listRegistrations, type RegistrationFilter } from './registration-list.query.ts';
import { ServiceRow } from './service-list.entity.ts';

export type ServiceFilter = RegistrationFilter &
  Readonly<{
    team?: string;
    criticality?: string;
    /** Id of a service: what calls it. */
    dependsOn?: string;
    /** Id of an application: what belongs to it. */
    application?: string;
    criticalOrImportantFunction?: boolean;
    inSoxScope?: boolean;
  }>;

const CONDITIONS = {
  team: 'r.ownerTeam = :team',
  criticality: 'r.criticality = :criticality',
  dependsOn: `r.dependencies @> jsonb_build_array(jsonb_build_object('serviceId', :dependsOn::text))`,
  application: 'r.id = ANY (SELECT unnest(service_ids) FROM applications_v1 WHERE id = :application)',
  criticalOrImportantFunction: 'coalesce(r.criticalOrImportantFunction, false) = :criticalOrImportantFunction',
  inSoxScope: 'coalesce(r.inSoxScope, false) = :inSoxScope',
} as const satisfies Record<Exclude<keyof ServiceFilter, keyof RegistrationFilter>, string>;

/** By name. */
export const listServices = (source: DataSource, filter: ServiceFilter, page: Page): Promise<readonly Row[]> =>
  listRegistrations(source, ServiceRow, filter, page, query => {
    for (const [name, condition] of Object.entries(CONDITIONS)) {
      const value = filter[name as keyof typeof CONDITIONS];
      if (value !== undefined) query.andWhere(condition, { [name]: value });
    }
  });
