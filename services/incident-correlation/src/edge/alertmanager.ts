import {
  instantIn,
  isObject,
  type Json,
  labelsIn,
  reading,
  type Reading,
  textIn,
  Unreadable,
} from './reported-alert.ts';

/**
 * Alertmanager's webhook, version 4. A body holds the alerts of a group, firing and resolved ones, and comes again while
 * nothing changes: what makes a report the same is fingerprint, start and status.
 */
export const readAlertmanager = (body: unknown): readonly Reading[] => {
  if (!isObject(body) || !Array.isArray(body['alerts']))
    return [{ problem: 'there are no alerts in it', payload: body }];
  const { alerts, ...group } = body;
  return (alerts as unknown[]).map(alert => {
    const payload = { ...group, alerts: [alert] };
    return reading(payload, () => readOne(alert, group, payload));
  });
};

const readOne = (alert: unknown, group: Json, payload: unknown): Reading => {
  if (!isObject(alert)) throw new Unreadable('an alert is not an object');
  const fingerprint = textIn(alert, 'fingerprint', 200);
  const startsAt = instantIn(alert, 'startsAt');
  const endsAt = endOf(alert);
  const status = statusOf(alert, endsAt);
  const labels = labelsIn(alert, 'labels');
  const severity = labels['severity'];
  return {
    facts: {
      tool: 'alertmanager',
      fingerprint,
      groupKey: textIn(group, 'groupKey', 4_000),
      status,
      name: (labels['alertname'] ?? fingerprint).slice(0, 200),
      ...(severity !== undefined && { severity }),
      labels,
      startsAt,
      ...(status === 'resolved' && endsAt !== undefined && { endsAt }),
    },
    key: [fingerprint, startsAt, status].join(' '),
    occurredAt: status === 'resolved' ? (endsAt ?? startsAt) : startsAt,
    payload,
  };
};

/** While an alert fires its end is in the year 1, which is none. */
const endOf = (alert: Json): string | undefined => {
  const { endsAt } = alert;
  const isNone = endsAt === undefined || (typeof endsAt === 'string' && endsAt.startsWith('0001-01-01T'));
  return isNone ? undefined : instantIn(alert, 'endsAt');
};

const statusOf = (alert: Json, endsAt: string | undefined): 'firing' | 'resolved' => {
  const { status = endsAt === undefined ? 'firing' : 'resolved' } = alert;
  if (status === 'firing' || status === 'resolved') return status;
  throw new Unreadable('status is neither firing nor resolved');
};
