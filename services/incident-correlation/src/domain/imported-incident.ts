import type { IncidentEvent } from '@slipway/contracts';
import type { Causes } from './causes.ts';

type Imported = Extract<IncidentEvent, { type: 'IncidentImported' }>['data'];

/** What is asked of one that was imported: what caused it. The rest happened elsewhere, and no alert is ever of it. */
export const JUDGED_OF_HISTORY: readonly string[] = [
  'ProposeCauses',
  'ConfirmCause',
  'RejectCandidate',
  'WithdrawCause',
];

/** As one that is over. What people said of its causes stands, also when it is corrected. */
export const imported = (data: Imported, causes: Causes) => {
  const { severity, major, serviceIds, environmentId, detectedAt, impactStartedAt = detectedAt } = data;
  const restoredAt = data.mitigatedAt ?? data.resolvedAt ?? data.closedAt;
  const known = {
    severity,
    major,
    isClassified: true,
    isStartStated: true,
    impact: [{ startedAt: impactStartedAt, ...(restoredAt !== undefined && { endedAt: restoredAt }) }],
    serviceIds,
    ...(environmentId !== undefined && { environmentId }),
    alerts: {},
    moved: {},
    causes,
    acknowledged: true,
    isOverdue: false,
    escalations: 0,
    roles: [],
    tasks: {},
    since: detectedAt,
  };
  return data.canceled === undefined
    ? { ...known, status: 'resolved' as const, restoredAt: restoredAt ?? detectedAt }
    : { ...known, status: 'canceled' as const };
};
