import { notFound, ProblemException } from '@slipway/edge';
import type { Service } from '@slipway/service';
import { environmentIdOf } from '../domain/environment.ts';
import { serviceIdOf } from '../domain/service.ts';

type Named = 'service' | 'environment';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const idOfName = { service: serviceIdOf, environment: environmentIdOf };

/** An id as it is; of a name the id that comes from it. */
export const idOfReference = (category: Named, reference: string): string =>
  ID.test(reference) ? reference : idOfName[category](reference);

/** What a name or an id in a path means. 404 when there is none. */
export const streamOfReference = async (service: Service, category: Named, reference: string): Promise<string> => {
  const stream = `${category}-${idOfReference(category, reference)}`;
  const { version } = await service.store.read(stream);
  if (version === 0) throw notFound(`There is no ${category} ${reference}.`);
  return stream;
};

/** The first of these names and ids that is not registered. */
export const firstUnknown = async (
  service: Service,
  category: Named,
  references: readonly string[],
): Promise<string | undefined> => {
  for (const reference of references) {
    const { version } = await service.store.read(`${category}-${idOfReference(category, reference)}`);
    if (version === 0) return reference;
  }
  return undefined;
};

/** Ids of what a body refers to. 422 when one is not registered. */
export const idsOfReferences = async (
  service: Service,
  category: Named,
  references: readonly string[],
): Promise<readonly string[]> => {
  const unknown = await firstUnknown(service, category, references);
  if (unknown !== undefined) throw unknownReference(category, unknown);
  return references.map(reference => idOfReference(category, reference));
};

export const unknownReference = (category: Named | 'person', reference: string): ProblemException =>
  new ProblemException({
    status: 422,
    code: `unknown-${category}`,
    detail: `There is no ${category} ${reference}: register it first.`,
  });
