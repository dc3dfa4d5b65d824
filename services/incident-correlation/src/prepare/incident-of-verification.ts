import type { Prepare } from '@slipway/service';
import { sharesService } from '../domain/correlation.ts';
import type { OpenIncident } from '../domain/incident-commands.ts';
import { openIncidents } from '../read/known.query.ts';
import { openIncident } from './incident-of-alert.ts';
import { settled } from './settled.ts';

/** Whether an alert of the same service opened an incident before the verification failed. */
export const prepareOpen: Prepare = async (command, _to, sources) => {
  const data = command.data as OpenIncident['data'];
  if (data.detectedBy !== 'verification' || data.impactStartedAt === undefined) return { command };
  await settled(sources);
  const { serviceIds, environmentId, impactStartedAt: startsAt } = data;
  const rows = await openIncidents(sources.dataSource, '', serviceIds);
  const same = sharesService({ serviceIds, startsAt, ...(environmentId !== undefined && { environmentId }) });
  const coveredBy = rows.map(openIncident).find(same)?.incidentId;
  return { command: { ...command, data: { ...data, ...(coveredBy !== undefined && { coveredBy }) } } };
};
