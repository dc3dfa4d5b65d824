import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { ApplicationRow } from './application-list.entity.ts';
import { listRegistrations, type RegistrationFilter } from './registration-list.query.ts';

/** `service` is an id. */
export type ApplicationFilter = RegistrationFilter & Readonly<{ team?: string; service?: string }>;

/** By name. */
export const listApplications = (
  source: DataSource,
  { team, service, ...filter }: ApplicationFilter,
  page: Page,
): Promise<readonly Row[]> =>
  listRegistrations(source, ApplicationRow, filter, page, query => {
    if (team !== undefined) query.andWhere('r.ownerTeam = :team', { team });
    if (service !== undefined) query.andWhere('r.serviceIds @> ARRAY[:service]', { service });
  });
