import { notFound, ProblemException } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import type { Service } from '@slipway/service';
import { applicationIdOf } from '../domain/application.ts';
import { environmentIdOf } from '../domain/environment.ts';
import { serviceIdOf } from '../domain/service.ts';
import { teamIdOf } from '../domain/team.ts';

export type Named = 'service' | 'environment' | 'application' | 'team';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Nothing of these two is called like a number. */
const NUMBER = { service: undefined, environment: undefined, application: /^APP-\d+$/, team: /^TEAM-\d+$/ };
/** Of a name, whatever it looks like. */
export const idOfName = {
  service: serviceIdOf,
  environment: environmentIdOf,
  application: applicationIdOf,
  team: teamIdOf,
};

/** An id as it is; of a name the id that comes from it. */
export const idOfReference = (category: Named, reference: string): string =>
  ID.test(reference) ? reference : idOfName[category](reference);

/** What a name, an id or a number in a path means. 404 when there is none. */
export const streamOfReference = async (service: Service, category: Named, reference: string): Promise<string> => {
  if (NUMBER[category]?.test(reference)) return service.streamOf(category, reference);
  const stream = `${category}-${idOfReference(category, reference)}`;
  const { version } = await service.store.read(stream);
  if (version === 0) throw notFound(`There is no ${category} ${reference}.`);
  return stream;
};

/** The id of what a filter names by name, id or number. 404 for a number that nothing has. */
export const idOfNumbered = async (service: Service, category: Named, reference: string): Promise<string> =>
  NUMBER[category]?.test(reference)
    ? idOf(await service.streamOf(category, reference))
    : idOfReference(category, reference);

/** For `recordController`. */
export const namedAs =
  (category: Named) =>
  (service: Service, reference: string): Promise<string> =>
    streamOfReference(service, category, reference);

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
