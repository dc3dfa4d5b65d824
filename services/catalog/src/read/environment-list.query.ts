import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { EnvironmentRow } from './environment-list.entity.ts';
import { listRegistrations, type RegistrationFilter } from './registration-list.query.ts';

export type EnvironmentFilter = RegistrationFilter & Readonly<{ tier?: string; team?: string }>;

/** By name. */
export const listEnvironments = (
  source: DataSource,
  { tier, team, ...filter }: EnvironmentFilter,
  page: Page,
): Promise<readonly Row[]> =>
  listRegistrations(source, EnvironmentRow, filter, page, query => {
    if (tier !== undefined) query.andWhere('r.tier = :tier', { tier });
    if (team !== undefined) query.andWhere('r.ownerTeam = :team', { team });
  });
