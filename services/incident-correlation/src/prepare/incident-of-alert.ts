import type { AlertEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import type { Prepare } from '@slipway/service';
import type { BindAlert } from '../domain/alert.ts';
import { incidentFor, type OpenIncident } from '../domain/correlation.ts';
import {
  choosingAlone,
  environmentWith,
  incidentsOver,
  keepPending,
  openIncidents,
  type OpenRow,
  servicesWith,
} from '../read/known.query.ts';
import { settled, type Sources } from './settled.ts';

type Reported = Extract<AlertEvent, { type: 'AlertReported' }>['data'];
type Place = Readonly<{ serviceIds: readonly string[]; environmentId?: string }>;

/** Which services its labels speak of, and the incident that it belongs to. */
export const prepareMatch: Prepare = async (command, to, sources) => {
  const alert = await waiting(sources, to);
  if (!alert) return { command };
  await settled(sources);
  const serviceIds = await servicesWith(sources.dataSource, alert.labels);
  if (serviceIds.length === 0) return { command };
  const environmentId = await environmentWith(sources.dataSource, alert.labels);
  const place = { serviceIds, ...(environmentId !== undefined && { environmentId }) };
  const incidentId = await chosen(sources, to, alert, place);
  return { command: { ...command, data: { found: { ...place, incidentId } } } };
};

/** The incident, where the person names none. */
export const prepareBind: Prepare = async (command, to, sources) => {
  const data = command.data as BindAlert['data'];
  const alert = data.incidentId === undefined ? await waiting(sources, to) : undefined;
  if (!alert) return { command };
  await settled(sources);
  return { command: { ...command, data: { ...data, incidentId: await chosen(sources, to, alert, data) } } };
};

/** The alert, when it is reported and belongs nowhere yet. */
const waiting = async ({ store }: Sources, stream: string): Promise<Reported | undefined> => {
  const { events } = await store.read<AlertEvent>(stream);
  if (events.some(({ type }) => type === 'AlertMatched')) return undefined;
  return events.find(event => event.type === 'AlertReported')?.data;
};

// One choice at a time, kept until the incident tells of it: alerts that come together must not each open an incident.
const chosen = ({ dataSource }: Sources, stream: string, alert: Reported, place: Place): Promise<string> =>
  dataSource.transaction(async tables => {
    await choosingAlone(tables);
    const { tool, groupKey, startsAt } = alert;
    const { serviceIds } = place;
    const rows = await openIncidents(tables, groupKey, serviceIds);
    const over = await incidentsOver(tables, groupKey);
    const incidentId = incidentFor({ tool, groupKey, startsAt, ...place }, { open: rows.map(openIncident), over });
    await keepPending(tables, { alertId: idOf(stream), incidentId, groupKey, startsAt, ...place });
    return incidentId;
  });

export const openIncident = ({ environmentId, firstAt, lastAt, ...row }: OpenRow): OpenIncident => ({
  ...row,
  ...(environmentId !== null && { environmentId }),
  firstAt: firstAt.toISOString(),
  lastAt: lastAt.toISOString(),
});
