import type { AlertEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';

type Reported = Extract<AlertEvent, { type: 'AlertReported' }>['data'];

export type AlertView = Readonly<{
  tool: string;
  state: 'reported' | 'matched' | 'unmatched' | 'unreadable';
  fingerprint?: string;
  groupKey?: string;
  name?: string;
  severity?: string;
  labels?: Readonly<Record<string, string>>;
  startsAt?: string;
  endsAt?: string;
  /** By when it happened, not by when it was told. */
  status?: string;
  statusAt: string;
  incidentId?: string;
  serviceIds?: readonly string[];
  environmentId?: string;
  /** Why it was bound by hand. */
  reason?: string;
  /** Why it could not be read. */
  problem?: string;
  /** The last message, as it came. */
  payload?: string;
}>;

export const alertView = (view: AlertView | undefined, event: Recorded<AlertEvent>): AlertView | undefined => {
  switch (event.type) {
    case 'AlertReported':
      return reported(view, event.data);
    case 'AlertMatched': {
      const { incidentId, serviceIds, environmentId, reason } = event.data;
      const place = { incidentId, serviceIds, ...(environmentId && { environmentId }) };
      return view && { ...view, state: 'matched', ...place, ...(reason && { reason }) };
    }
    case 'AlertUnmatched':
      return view && { ...view, state: 'unmatched' };
    case 'AlertUnreadable': {
      const { tool, problem, payload, occurredAt } = event.data;
      return { tool, state: 'unreadable', statusAt: occurredAt, problem, payload };
    }
  }
};

const reported = (view: AlertView | undefined, data: Reported): AlertView => {
  if (view && Date.parse(data.occurredAt) < Date.parse(view.statusAt)) return view;
  const { tool, fingerprint, groupKey, name, severity, labels, startsAt, endsAt, status, occurredAt, payload } = data;
  return {
    state: 'reported',
    ...view,
    tool,
    fingerprint,
    groupKey,
    name,
    ...(severity !== undefined && { severity }),
    labels,
    startsAt,
    ...(endsAt !== undefined && { endsAt }),
    status,
    statusAt: occurredAt,
    payload,
  };
};
