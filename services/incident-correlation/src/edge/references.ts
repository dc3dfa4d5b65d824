import { derivedId } from '@slipway/canonical';
import { ProblemException, Refused } from '@slipway/edge';
import { idOf, reject } from '@slipway/event-sourcing';
import type { Service } from '@slipway/service';
import { incidentRecord, type IncidentView } from '../read/incident.view.ts';

type Named = 'service' | 'environment';

const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of a service or an environment that is named by its id or by its name: the id comes from the name. */
export const idOfName = (category: Named, reference: string): string =>
  ID.test(reference) ? reference : derivedId(category, reference);

/** The ids of what a body names by id or name. 422 when one is not registered. */
export const idsOfNames = async (
  service: Service,
  category: Named,
  references: readonly string[],
): Promise<readonly string[]> => {
  const ids = [...new Set(references)].map(reference => ({ reference, id: idOfName(category, reference) }));
  for (const { reference, id } of ids)
    if (!(await isThere(service, `${category}-${id}`))) throw unknown(category, reference);
  return ids.map(({ id }) => id);
};

/** The id of a record that a body names by id or number. 422 when there is none. */
export const idOfRecord = async (service: Service, category: string, reference: string): Promise<string> => {
  const stream = await service.streamOf(category, reference).catch(() => undefined);
  if (stream === undefined || !(await isThere(service, stream))) throw unknown(category, reference);
  return idOf(stream);
};

/** The id of an incident that still takes alerts. */
export const idOfOpenIncident = async (service: Service, reference: string): Promise<string> => {
  const id = await idOfRecord(service, 'incident', reference);
  const { record } = await service.record(`incident-${id}`, incidentRecord);
  const { state } = record as unknown as IncidentView;
  if (state === 'Closed') throw new Refused(reject('incident-closed', 'The incident is closed.'));
  if (state === 'Canceled') throw new Refused(reject('incident-canceled', 'The incident is canceled.'));
  return id;
};

/** Why, sealed, where somebody says it. */
export const reasonOf = async (
  service: Service,
  stream: string,
  reason: string | undefined,
): Promise<{ reason?: string }> => (reason === undefined ? {} : { reason: await service.seal(stream, reason) });

const isThere = async ({ store }: Service, stream: string): Promise<boolean> => (await store.read(stream)).version > 0;

const unknown = (category: string, reference: string): ProblemException =>
  new ProblemException({ status: 422, code: `unknown-${category}`, detail: `There is no ${category} ${reference}.` });
