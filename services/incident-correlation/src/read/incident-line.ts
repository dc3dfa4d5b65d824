import type { IncidentEvent } from '@slipway/contracts';

/** One line of what happened to an incident; the lines are in the order in which it happened. */
export type Line = Readonly<{
  event: IncidentEvent['type'];
  occurredAt: string;
  recordedAt: string;
  actor: string;
  onBehalfOf?: string;
  deploymentId?: string;
  alertId?: string;
  status?: string;
  text?: string;
}>;

export const lineOf = ({ type, data }: IncidentEvent): Line => ({
  event: type,
  occurredAt: data.occurredAt,
  recordedAt: data.recordedAt,
  actor: data.actor,
  ...(data.onBehalfOf && { onBehalfOf: data.onBehalfOf }),
  ...('deploymentId' in data && data.deploymentId && { deploymentId: data.deploymentId }),
  ...('status' in data && { status: data.status }),
  ...('alertId' in data && { alertId: data.alertId }),
  ...textOf(data),
});

const textOf = (data: IncidentEvent['data']): { text?: string } => {
  const text =
    ('reason' in data && data.reason) || ('note' in data && data.note) || ('text' in data && data.text) || undefined;
  return text === undefined ? {} : { text };
};

// The sort is stable: what happened at the same moment stays as it was recorded.
export const inOrder = (lines: readonly Line[]): readonly Line[] =>
  lines.toSorted((one, other) => Date.parse(one.occurredAt) - Date.parse(other.occurredAt));
