import type { Answer, Asked } from '@slipway/edge';
import type { Service } from '@slipway/service';
import type { CauseKind } from '../domain/causes.ts';
import type { IncidentCommand } from '../domain/incident-commands.ts';
import { incidentRecord } from '../read/incident.view.ts';
import { idOfRecord } from './references.ts';

export type CommandFor = (stream: string) => IncidentCommand | Promise<IncidentCommand>;

/** A command to an incident that is named by id or number. */
export const onIncident = async (
  service: Service,
  asked: Asked,
  id: string,
  commandFor: CommandFor,
): Promise<Answer> => {
  const stream = await service.streamOf('incident', id);
  return service.carryOut(asked, { stream, command: await commandFor(stream) }, incidentRecord);
};

export const deploymentOf = async (
  service: Service,
  reference: string | undefined,
): Promise<{ deploymentId?: string }> =>
  reference === undefined ? {} : { deploymentId: await idOfRecord(service, 'deployment', reference) };

export const changeOf = async (service: Service, reference: string | undefined): Promise<{ changeId?: string }> =>
  reference === undefined ? {} : { changeId: await idOfRecord(service, 'change', reference) };

type NamedCause = Readonly<{ kind: CauseKind; deployment: string | undefined; change: string | undefined }>;

export const causeOf = async (service: Service, { kind, deployment, change }: NamedCause) => ({
  kind,
  ...(await deploymentOf(service, deployment)),
  ...(await changeOf(service, change)),
});

export const noteOf = async (service: Service, stream: string, note: string | undefined): Promise<{ note?: string }> =>
  note === undefined ? {} : { note: await service.seal(stream, note) };
