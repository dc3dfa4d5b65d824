import type { Target } from '@slipway/contracts';
import { ProblemException } from '@slipway/edge';
import type { Service } from '@slipway/service';
import { snapshot } from '../read/copies.query.ts';
import { requireFreshView } from './view.ts';

/** The ids of services or environments that a request names by id or name. 422 for the first that is not registered. */
export const idsOf = async (
  service: Service,
  category: 'service' | 'environment',
  names: readonly string[],
): Promise<readonly string[]> => {
  if (names.length === 0) return [];
  const known = () => snapshot(service.dataSource, copies => copies.idsOf(category, names));
  let found = await known();
  if (names.some(name => !found.has(name))) {
    // What was registered a moment ago may still be on its way into the copy.
    await requireFreshView(service);
    found = await known();
  }
  return names.map(name => found.get(name) ?? refuse(category, name));
};

type Named = Readonly<{ service: string; environment: string; wave?: number }>;

export const targetsOf = async (service: Service, targets: readonly Named[]): Promise<readonly Target[]> => {
  const serviceIds = await idsOf(
    service,
    'service',
    targets.map(each => each.service),
  );
  const environmentIds = await idsOf(
    service,
    'environment',
    targets.map(each => each.environment),
  );
  return targets.map(({ wave = 1 }, index) => ({
    serviceId: serviceIds[index] ?? '',
    environmentId: environmentIds[index] ?? '',
    wave,
  }));
};

const refuse = (category: 'service' | 'environment', name: string): never => {
  const detail = `There is no ${category} ${name}: register it in the catalog first.`;
  throw new ProblemException({ status: 422, code: `unknown-${category}`, detail });
};
