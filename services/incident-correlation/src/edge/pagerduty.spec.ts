import { readPagerDuty } from './pagerduty.ts';

const incident = {
  id: 'PGR0VU2',
  type: 'incident',
  number: 2,
  status: 'triggered',
  incident_key: 'd3640fbd41094207a1c11e58e46b1662',
  created_at: '2026-04-09T15:16:27Z',
  title: 'A little bump in the road, says Ann',
  service: { id: 'PF9KMXH', summary: 'checkout' },
  priority: { id: 'PSO75BM', summary: 'P1' },
  urgency: 'high',
};
const message = (kind: string, data: object = {}, event: object = {}) => ({
  event: {
    id: '5ac64822',
    event_type: kind,
    resource_type: 'incident',
    occurred_at: '2026-04-09T15:20:00Z',
    data: { ...incident, ...data },
    ...event,
  },
});

test('an incident of PagerDuty is an alert here, the same by the id of the event', () =>
  expect(readPagerDuty(message('incident.triggered'))).toMatchObject({
    facts: {
      tool: 'pagerduty',
      fingerprint: 'PGR0VU2',
      groupKey: 'd3640fbd41094207a1c11e58e46b1662',
      status: 'firing',
      name: 'PagerDuty #2 of checkout',
      severity: 'P1',
      labels: { service: 'checkout', service_id: 'PF9KMXH', urgency: 'high' },
      startsAt: '2026-04-09T15:16:27.000Z',
    },
    key: '5ac64822',
    occurredAt: '2026-04-09T15:20:00.000Z',
  }));

test('its title, which may name people, is in the payload only', () => {
  const { facts, payload } = readPagerDuty(message('incident.triggered')) as { facts: object; payload: object };
  expect(JSON.stringify(facts)).not.toContain('Ann');
  expect(JSON.stringify(payload)).toContain('Ann');
});

test.each([
  ['incident.acknowledged', 'acknowledged'],
  ['incident.unacknowledged', 'firing'],
  ['incident.reopened', 'firing'],
  ['incident.resolved', 'resolved'],
])('%s: %s', (kind, status) => expect(readPagerDuty(message(kind))).toMatchObject({ facts: { status } }));

test('reopened, it begins anew', () =>
  expect(readPagerDuty(message('incident.resolved', { reopened_at: '2026-04-09T16:00:00Z' }))).toMatchObject({
    facts: { startsAt: '2026-04-09T16:00:00.000Z', endsAt: '2026-04-09T15:20:00.000Z' },
  }));

test('without priority the urgency says how bad it is', () =>
  expect(readPagerDuty(message('incident.triggered', { priority: null }))).toMatchObject({
    facts: { severity: 'high' },
  }));

test.each(['incident.annotated', 'service.updated', 'pagey.ping', 'something.new'])('%s is not used', kind =>
  expect(readPagerDuty(message(kind))).toEqual({ unused: kind }),
);

test.each([
  [[], 'there is no event in it'],
  [{ event: { event_type: 7 } }, 'event_type'],
  [message('incident.triggered', { id: undefined }), 'id'],
  [message('incident.triggered', { created_at: 'yesterday' }), 'created_at'],
  [message('incident.triggered', { service: 'checkout' }), 'service'],
  [message('incident.triggered', {}, { occurred_at: null }), 'occurred_at'],
  [message('incident.triggered', {}, { id: '' }), 'id'],
])('%j cannot be read', (body, problem) =>
  expect(readPagerDuty(body)).toMatchObject({ problem: expect.stringContaining(problem) }),
);
