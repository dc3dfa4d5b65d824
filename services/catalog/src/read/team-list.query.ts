import type { Page, Row } from '@slipway/edge';
import type { DataSource } from 'typeorm';
import { listRegistrations, type RegistrationFilter } from './registration-list.query.ts';
import { TeamRow } from './team-list.entity.ts';

/** `person` is a pseudonym. */
export type TeamFilter = RegistrationFilter & Readonly<{ person?: string }>;

/** By name. */
export const listTeams = (source: DataSource, { person, ...filter }: TeamFilter, page: Page): Promise<readonly Row[]> =>
  listRegistrations(source, TeamRow, filter, page, query => {
    if (person !== undefined) query.andWhere('r.members @> :member::jsonb', { member: JSON.stringify([{ person }]) });
  });

/** Ids of the registered teams among these names. */
export const teamsNamed = async (
  source: DataSource,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const teams = await source
    .getRepository(TeamRow)
    .createQueryBuilder('r')
    .select(['r.id', 'r.name'])
    .where('r.name = ANY (:names)', { names: [...new Set(names)] })
    .andWhere(`r.state = 'Registered'`)
    .getMany();
  return new Map(teams.map(({ id, name }) => [name, id]));
};
