import { notFound, type Place } from '@slipway/edge';
import type { Catalog } from '../rows/catalog.ts';
import type { Scope } from '../rows/known.ts';
import type { MeasureQuery } from './metrics.query.dto.ts';

type Named = Readonly<{ id: string; name: string }>;
export type AskedScope = Readonly<{
  scope: Scope;
  service?: Named;
  application?: Named;
  environment?: Named;
}>;

/** What is asked about, as the catalog knows it: 404 for what it does not. */
export const scopeOf = (query: MeasureQuery, catalog: Catalog): AskedScope => {
  const service = named('service', query.service, catalog.services);
  const application = named('application', query.application, catalog.applications);
  const environment = named('environment', query.environment, catalog.environments);
  const owned = ownedBy(query.team, catalog);
  const { region } = query;
  if (region !== undefined && !catalog.environments.some(each => each.region === region))
    throw notFound(`There is no region ${region}.`);
  const limits = [service && [service.id], application?.serviceIds, owned].filter(each => each !== undefined);
  const { releaseKind, changeModel, size, pattern } = query;
  return {
    scope: {
      ...(limits.length > 0 && { serviceIds: limits.reduce((all, some) => all.filter(id => some.includes(id))) }),
      ...(environment && { environmentId: environment.id }),
      ...(region !== undefined && { region }),
      ...(releaseKind !== undefined && { releaseKind }),
      ...(changeModel !== undefined && { changeModel }),
      ...(size !== undefined && { size }),
      ...(pattern !== undefined && { pattern }),
    },
    ...(service && { service: shortly(service) }),
    ...(application && { application: shortly(application) }),
    ...(environment && { environment: shortly(environment) }),
  };
};

/** Where the figures of a scope come from: what an asker with limits must reach, all of it. */
export const placesOf = ({ serviceIds, environmentId }: Scope): readonly Place[] =>
  (serviceIds && serviceIds.length > 0 ? serviceIds : ['*']).map(serviceId => ({
    serviceId,
    environmentId: environmentId ?? '*',
  }));

const shortly = ({ id, name }: Named): Named => ({ id, name });

const named = <Row extends Named>(
  what: string,
  idOrName: string | undefined,
  rows: readonly Row[],
): Row | undefined => {
  if (idOrName === undefined) return undefined;
  const found = rows.find(({ id }) => id === idOrName) ?? rows.find(({ name }) => name === idOrName);
  if (!found) throw notFound(`There is no ${what} ${idOrName}.`);
  return found;
};

const ownedBy = (team: string | undefined, { services }: Catalog): readonly string[] | undefined => {
  if (team === undefined) return undefined;
  const owned = services.filter(({ ownerTeam }) => ownerTeam === team).map(({ id }) => id);
  if (owned.length === 0) throw notFound(`No service is owned by a team ${team}.`);
  return owned;
};
