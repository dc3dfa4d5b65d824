import { instantIn, isObject, type Json, objectIn, reading, type Reading, textIn } from './reported-alert.ts';

// What an incident of PagerDuty comes to; other kinds of events say nothing about whether it goes on.
const STATUSES: ReadonlyMap<string, 'firing' | 'acknowledged' | 'resolved'> = new Map([
  ['incident.triggered', 'firing'],
  ['incident.reopened', 'firing'],
  ['incident.unacknowledged', 'firing'],
  ['incident.acknowledged', 'acknowledged'],
  ['incident.resolved', 'resolved'],
]);

/** PagerDuty's webhook, version 3: one event a message, the same by its id. An incident of it is an alert here. */
export const readPagerDuty = (body: unknown): Reading => {
  const event = isObject(body) ? body['event'] : undefined;
  if (!isObject(event)) return { problem: 'there is no event in it', payload: body };
  const kind = event['event_type'];
  const status = typeof kind === 'string' ? STATUSES.get(kind) : undefined;
  if (typeof kind === 'string' && status === undefined) return { unused: kind };
  return reading(body, () => readOne(event, status ?? 'firing', body));
};

const readOne = (event: Json, status: 'firing' | 'acknowledged' | 'resolved', payload: unknown): Reading => {
  textIn(event, 'event_type', 200);
  const incident = objectIn(event, 'data');
  const service = objectIn(incident, 'service');
  const fingerprint = textIn(incident, 'id', 200);
  const occurredAt = instantIn(event, 'occurred_at');
  const severity = severityOf(incident);
  return {
    facts: {
      tool: 'pagerduty',
      fingerprint,
      groupKey:
        isObject(incident['incident_key']) || !incident['incident_key']
          ? fingerprint
          : textIn(incident, 'incident_key', 4_000),
      status,
      name: nameOf(incident, service, fingerprint),
      ...(severity !== undefined && { severity }),
      labels: labelsOf(incident, service),
      // Reopened, it is an alert that begins anew.
      startsAt: instantIn(incident, incident['reopened_at'] ? 'reopened_at' : 'created_at'),
      ...(status === 'resolved' && { endsAt: occurredAt }),
    },
    key: textIn(event, 'id', 200),
    occurredAt,
    payload,
  };
};

// Not its title: people write titles, and may name people in them. The title is in the sealed payload.
const nameOf = (incident: Json, service: Json, fingerprint: string): string => {
  const number = typeof incident['number'] === 'number' ? ` #${incident['number']}` : ` ${fingerprint}`;
  return `PagerDuty${number}${typeof service['summary'] === 'string' ? ` of ${service['summary']}` : ''}`.slice(0, 200);
};

const severityOf = (incident: Json): string | undefined => {
  const priority = isObject(incident['priority']) ? incident['priority']['summary'] : undefined;
  const said = priority ?? incident['urgency'];
  return typeof said === 'string' && said.length <= 200 ? said : undefined;
};

const labelsOf = (incident: Json, service: Json): Readonly<Record<string, string>> => {
  const said = { service: service['summary'], service_id: service['id'], urgency: incident['urgency'] };
  const texts = Object.entries(said).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts.map(([name, text]) => [name, text.slice(0, 1_000)]));
};
