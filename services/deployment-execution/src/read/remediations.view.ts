import type { DeploymentEvent } from '@slipway/contracts';

/** What a person said that a deployment mends, or does not. */
export type RemediationView = Readonly<{
  record: 'deployment' | 'incident';
  recordId: string;
  verdict: 'confirmed' | 'rejected';
  by: string;
  at: string;
  reason?: string;
}>;

type Judged = Extract<DeploymentEvent, { type: 'RemediationConfirmed' | 'RemediationRejected' }>;

/** The last word on each counts. */
export const remediationsAfter = (
  before: readonly RemediationView[] = [],
  { type, data }: Judged,
): readonly RemediationView[] => [
  ...before.filter(({ record, recordId }) => record !== data.record || recordId !== data.recordId),
  {
    record: data.record,
    recordId: data.recordId,
    verdict: type === 'RemediationConfirmed' ? 'confirmed' : 'rejected',
    by: data.actor,
    at: data.occurredAt,
    ...('reason' in data && { reason: data.reason }),
  },
];
