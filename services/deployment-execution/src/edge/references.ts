import { ProblemException } from '@slipway/edge';
import type { Service } from '@slipway/service';
import { environmentCalled, type NamedEnvironment, type NamedService, serviceCalled } from '../read/known.query.ts';

/** The service that a request names by id or name. 422 when there is none. */
export const serviceNamed = async ({ dataSource }: Service, name: string): Promise<NamedService> =>
  (await serviceCalled(dataSource, name)) ?? refuse('service', name);

/** The environment that a request names by id or name. 422 when there is none. */
export const environmentNamed = async ({ dataSource }: Service, name: string): Promise<NamedEnvironment> =>
  (await environmentCalled(dataSource, name)) ?? refuse('environment', name);

/** The id of a record that a request names by id or number; undefined when it names none. 422 when there is none. */
export const idNamed = async (
  service: Service,
  category: string,
  idOrNumber: string | undefined,
): Promise<string | undefined> => (idOrNumber === undefined ? undefined : service.idNamed(category, idOrNumber));

/** The stream of an id or number; undefined for a number that nobody has. */
export const streamNamed = async (
  service: Service,
  category: string,
  idOrNumber: string,
): Promise<string | undefined> => {
  try {
    return await service.streamOf(category, idOrNumber);
  } catch (error) {
    if (error instanceof ProblemException && error.problem.status === 404) return undefined;
    throw error;
  }
};

const refuse = (category: string, name: string): never => {
  throw new ProblemException({ status: 422, code: `unknown-${category}`, detail: `There is no ${category} ${name}.` });
};
