import type { IncidentEvent } from '@slipway/contracts';

export type IncidentState = 'Detected' | 'Acknowledged' | 'Mitigated' | 'Resolved' | 'Closed' | 'Canceled';

type Imported = Extract<IncidentEvent, { type: 'IncidentImported' }>['data'];

/** Where it comes from, and what is named there as its causes: no verdict. */
export type ImportedView = Imported['origin'] & Readonly<{ namedCauses: Imported['namedCauses'] }>;

/** Of one that has just begun. */
export const nothingYet = {
  acknowledgementOverdue: false,
  escalations: [],
  absorbed: [],
  splitInto: [],
  roles: [],
  tasks: [],
  alerts: [],
  quiet: false,
  candidates: [],
  causes: [],
  timeline: [],
} as const;

/** How far it had come, as of the export. */
export const stateOfImported = (data: Imported): IncidentState => {
  if (data.canceled !== undefined) return 'Canceled';
  if (data.closedAt !== undefined) return 'Closed';
  if (data.resolvedAt !== undefined) return 'Resolved';
  if (data.mitigatedAt !== undefined) return 'Mitigated';
  return data.acknowledgedAt === undefined ? 'Detected' : 'Acknowledged';
};

/** What was thought and said of it here stands when the import is corrected. */
export const importedIncident = <View extends object>(data: Imported, before: View | undefined) => {
  const { impactStartedAt = data.detectedAt } = data;
  const endedAt = data.mitigatedAt ?? data.resolvedAt ?? data.closedAt;
  return {
    ...nothingYet,
    ...before,
    title: data.title,
    severity: data.severity,
    major: data.major,
    serviceIds: data.serviceIds,
    ...(data.environmentId !== undefined && { environmentId: data.environmentId }),
    detectedBy: 'import' as const,
    imported: { ...data.origin, namedCauses: data.namedCauses },
    state: stateOfImported(data),
    detectedAt: data.detectedAt,
    impactStartedAt,
    impact: [{ startedAt: impactStartedAt, ...(endedAt !== undefined && { endedAt }) }],
    ...(data.acknowledgedAt !== undefined && { acknowledgedAt: data.acknowledgedAt }),
    ...(data.mitigatedAt !== undefined && { mitigatedAt: data.mitigatedAt }),
    ...(data.resolvedAt !== undefined && { resolvedAt: data.resolvedAt }),
    ...(data.closedAt !== undefined && { closedAt: data.closedAt }),
    ...(data.canceled !== undefined && { canceled: { cause: data.canceled } }),
  };
};
