import { isProduction, type Target } from '@slipway/contracts';
import { ProblemException } from '@slipway/edge';
import type { Service } from '@slipway/service';
import type { Targets } from '../domain/release-commands.ts';
import { catalogCopy } from '../read/catalog.projection.ts';
import { type Category, type Known, knownInCatalog } from '../read/catalog.query.ts';
import type { ReleaseTargetDto } from './releases.dto.ts';

const WAIT_MS = 2_000;

/** The ids of services or environments that a request names by id or name. 422 for the first that is not registered. */
export const idsOf = async (
  service: Service,
  category: 'service' | 'environment',
  names: readonly string[],
): Promise<readonly string[]> => (await registered(service, category, names)).map(({ id }) => id);

/** Targets by id, and which of their environments are in production. */
export const targetsOf = async (service: Service, targets: readonly ReleaseTargetDto[]): Promise<Targets> => {
  const serviceIds = await idsOf(
    service,
    'service',
    targets.map(each => each.service),
  );
  const environments = await registered(
    service,
    'environment',
    targets.map(each => each.environment),
  );
  return {
    targets: targets.map(({ wave = 1 }, index): Target => ({
      serviceId: serviceIds[index] ?? '',
      environmentId: environments[index]?.id ?? '',
      wave,
    })),
    productionEnvironmentIds: [...new Set(environments.filter(({ kind }) => isProduction(kind)).map(({ id }) => id))],
  };
};

/** A pseudonym that nobody registered is not known to be one. */
export const isServiceAccount = async (service: Service, pseudonym: string): Promise<boolean> =>
  (await known(service, 'person', [pseudonym])).get(pseudonym)?.kind === 'service-account';

const registered = async (
  service: Service,
  category: 'service' | 'environment',
  names: readonly string[],
): Promise<readonly Known[]> => {
  const found = await known(service, category, names);
  return names.map(name => found.get(name) ?? refuse(category, name));
};

// What was registered a moment ago may still be on its way into the copy.
const known = async (service: Service, category: Category, names: readonly string[]) => {
  const found = await knownInCatalog(service.dataSource, category, names);
  if (names.every(name => found.has(name))) return found;
  const passed = await service.copied.waitUntil(catalogCopy, await service.store.settledHead(WAIT_MS), WAIT_MS);
  if (passed !== 'passed') throw new ProblemException(CATALOG_BEHIND);
  return knownInCatalog(service.dataSource, category, names);
};

const CATALOG_BEHIND = {
  status: 503,
  code: 'view-behind',
  detail: 'What the catalog said last has not arrived here yet; try again.',
  retryAfter: 1,
};

const refuse = (category: 'service' | 'environment', name: string): never => {
  const detail = `There is no ${category} ${name}: register it in the catalog first.`;
  throw new ProblemException({ status: 422, code: `unknown-${category}`, detail });
};
