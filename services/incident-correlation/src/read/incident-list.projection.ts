import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import type { IncidentEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import { stateOfImported } from './imported-incident.view.ts';
import type { IncidentRow } from './incident-list.entity.ts';

type Row = RowOf<IncidentRow>;
type Of<Type extends IncidentEvent['type']> = Extract<IncidentEvent, { type: Type }>;

const detected = ({ stream, version, data }: Delivery<Of<'IncidentDetected'>>): Row => ({
  id: idOf(stream),
  number: null,
  title: data.title,
  severity: data.severity,
  major: data.major,
  state: 'Detected',
  acknowledged: false,
  detectedBy: data.detectedBy,
  serviceIds: [...data.serviceIds],
  environmentId: data.environmentId ?? null,
  firing: [],
  described: false,
  labels: [],
  refs: [],
  detectedAt: data.occurredAt,
  impactStartedAt: data.impactStartedAt,
  mitigatedAt: null,
  resolvedAt: null,
  version,
});

const imported = ({ stream, version, data }: Delivery<Of<'IncidentImported'>>, before: Row | undefined): Row => ({
  id: idOf(stream),
  number: before?.number ?? null,
  title: data.title,
  severity: data.severity,
  major: data.major,
  state: stateOfImported(data),
  acknowledged: true,
  detectedBy: 'import',
  serviceIds: [...data.serviceIds],
  environmentId: data.environmentId ?? null,
  firing: [],
  described: before?.described ?? false,
  labels: before?.labels ?? [],
  refs: before?.refs ?? [data.origin.key],
  detectedAt: data.detectedAt,
  impactStartedAt: data.impactStartedAt ?? data.detectedAt,
  mitigatedAt: data.mitigatedAt ?? null,
  resolvedAt: data.resolvedAt ?? null,
  version,
});

const attached = ({ serviceIds = [], alertId, status }: Of<'AlertAttached'>['data'], row: Row): Partial<Row> => {
  const others = row.firing.filter(each => each !== alertId);
  return {
    serviceIds: [...new Set([...row.serviceIds, ...serviceIds])].sort(),
    firing: status === 'resolved' ? others : [...others, alertId],
  };
};

const changesBy = (event: IncidentEvent, row: Row): Partial<Row> => {
  switch (event.type) {
    case 'AlertAttached':
      return attached(event.data, row);
    case 'AlertForwarded':
      return { firing: row.firing.filter(each => each !== event.data.alertId) };
    case 'IncidentAbsorbed':
      return { serviceIds: [...new Set([...row.serviceIds, ...event.data.serviceIds])].sort() };
    case 'EarlierAlertFound': {
      const { title, detectedAt, impactStartedAt } = event.data;
      return { detectedAt, impactStartedAt, ...(!row.described && { title }) };
    }
    case 'IncidentDetailsChanged':
      return { described: true };
    case 'IncidentSeverityRaised':
    case 'IncidentClassified':
      return { severity: event.data.severity };
    case 'MajorIncidentDeclared':
      return { major: true };
    case 'MajorIncidentLifted':
      return { major: false };
    case 'IncidentAcknowledged':
      return { state: 'Acknowledged', acknowledged: true };
    case 'ImpactStartCorrected':
      return { impactStartedAt: event.data.impactStartedAt };
    case 'IncidentMitigated':
      return { state: 'Mitigated', mitigatedAt: event.data.occurredAt };
    case 'IncidentResolved':
      return { state: 'Resolved', resolvedAt: event.data.occurredAt };
    case 'IncidentReopened':
      return { state: row.acknowledged ? 'Acknowledged' : 'Detected', mitigatedAt: null, resolvedAt: null };
    case 'IncidentClosed':
      return { state: 'Closed' };
    case 'IncidentCanceled':
      return { state: 'Canceled' };
    default:
      return {};
  }
};

export const incidentList = rowPerStream<IncidentEvent, Row>({
  consumer: 'incident-correlation.incidents',
  categories: ['incident'],
  table: 'incidents_v1',
  numbered: true,
  fold: describedRow('incident', (row, event) => {
    if (event.type === 'IncidentDetected') return row ?? detected(event);
    if (event.type === 'IncidentImported') return imported(event, row);
    return row && { ...row, version: event.version, ...changesBy(event, row) };
  }),
});
