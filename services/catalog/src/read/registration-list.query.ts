import type { Page, Row } from '@slipway/edge';
import type { DataSource, EntityTarget, SelectQueryBuilder } from 'typeorm';
import { ApplicationRow } from './application-list.entity.ts';
import { EnvironmentRow } from './environment-list.entity.ts';
import { matching } from './matching.ts';
import { ServiceRow } from './service-list.entity.ts';
import { TeamRow } from './team-list.entity.ts';

/** What every list of the catalog can be narrowed by. */
export type RegistrationFilter = Readonly<{ q?: string; ref?: string; label?: string; state?: string }>;

type Listed = Readonly<{ id: string; name: string }>;

const CONDITIONS: Readonly<Record<keyof RegistrationFilter, string>> = {
  q: '(r.name ILIKE :q OR r.title ILIKE :q)',
  ref: 'r.refs @> ARRAY[:ref]',
  label: 'r.labels @> ARRAY[:label]',
  state: 'r.state = :state',
};

/** By name. Retired ones only when they are asked for. `narrow` adds what only this list can be narrowed by, of `r`. */
export const listRegistrations = async <Entity extends Listed>(
  source: DataSource,
  entity: EntityTarget<Entity>,
  { q, state = 'Registered', ...filter }: RegistrationFilter,
  page: Page,
  narrow: (query: SelectQueryBuilder<Entity>) => void = () => undefined,
): Promise<readonly (Row & Readonly<{ item: object }>)[]> => {
  const query = source
    .getRepository(entity)
    .createQueryBuilder('r')
    .orderBy('r.name')
    .addOrderBy('r.id')
    .limit(page.limit);
  if (page.after)
    query.andWhere('(r.name, r.id) > (:afterName, :afterId)', {
      afterName: page.after[0] ?? '',
      afterId: page.after[1] ?? '',
    });
  const given = { ...filter, state, ...(q !== undefined && { q: matching(q) }) };
  for (const [name, condition] of Object.entries(CONDITIONS))
    if (Object.hasOwn(given, name) && given[name as keyof typeof given] !== undefined)
      query.andWhere(condition, { [name]: given[name as keyof typeof given] });
  narrow(query);
  const rows = await query.getMany();
  return rows.map(row => ({ cursor: [row.name, row.id], item: present(row) }));
};

/** Without the columns that say nothing. */
const present = (row: object): object => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));

const ENTITIES = { service: ServiceRow, environment: EnvironmentRow, application: ApplicationRow, team: TeamRow };

/** Names of everything of one kind, retired ones too. */
export const namesOf = async (source: DataSource, kind: keyof typeof ENTITIES): Promise<readonly string[]> => {
  const rows = await source
    .getRepository<Listed>(ENTITIES[kind])
    .find({ select: { name: true }, order: { name: 'ASC' } });
  return rows.map(({ name }) => name);
};

/** Everything that is in use, by name; names of services that are not, too. */
export const inUse = async (source: DataSource) => {
  const registered = { where: { state: 'Registered' as const }, order: { name: 'ASC' as const } };
  const services = await source.getRepository(ServiceRow).find({ order: { name: 'ASC' } });
  return {
    services: services.filter(({ state }) => state === 'Registered'),
    serviceNames: new Map(services.map(({ id, name }) => [id, name])),
    environments: await source.getRepository(EnvironmentRow).find(registered),
    applications: await source.getRepository(ApplicationRow).find(registered),
    teams: await source.getRepository(TeamRow).find(registered),
  };
};
