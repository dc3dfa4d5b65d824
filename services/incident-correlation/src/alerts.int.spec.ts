import { derivedId } from '@slipway/canonical';
import { type Client, testService, type TestService } from '@slipway/service/testing';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import request from 'supertest';
import { environmentRegistered, idOfEnvironment, idOfService, serviceRegistered } from './catalog.example.ts';
import { incidentCorrelation } from './module.ts';

const TOKEN = 'alertmanager-token';
const SECRET = 'pagerduty-secret';
const [checkout, frontend] = [idOfService('checkout'), idOfService('frontend')];
const production = idOfEnvironment('production');

let slipway: TestService;
let ines: Client;

beforeAll(async () => {
  process.env['ALERTMANAGER_WEBHOOK_TOKEN'] = TOKEN;
  process.env['PAGERDUTY_WEBHOOK_SECRET'] = SECRET;
  slipway = await testService(incidentCorrelation);
  ines = await slipway.as('ines@example.org', 'incident-responder');
  await slipway.append('service', checkout, serviceRegistered('checkout', { aliases: ['checkoutservice'] }));
  const labels = {
    alertLabels: [
      { alertname: 'HighErrorRate', service: 'frontend' },
      { app: 'web', tier: 'edge' },
    ],
  };
  await slipway.append('service', frontend, serviceRegistered('frontend', labels));
  await slipway.append('environment', production, environmentRegistered('production', { aliases: ['prod'] }));
});
afterAll(() => slipway.stop());

const send = (path: string, body: string | Buffer, headers: Record<string, string>) =>
  request(slipway.url)
    .post(`/v1/incidents/hooks/${path}`)
    .set({ 'Content-Type': 'application/json', ...headers })
    .serialize(bytes => bytes as unknown as string)
    .send(body as string);
const alertmanager = (body: string | Buffer, token = TOKEN) =>
  send('alertmanager', body, { Authorization: `Bearer ${token}` });
const signed = (body: string, secret = SECRET) => `v1=${createHmac('sha256', secret).update(body).digest('hex')}`;
const pagerDuty = (body: string, signature = signed(body)) =>
  send('pagerduty', body, { 'X-PagerDuty-Signature': signature });
const fixture = (name: string) => readFileSync(new URL(`../fixtures/alertmanager/${name}.json`, import.meta.url));
const alerts = async (query: string) => (await ines.get(`/v1/incidents/alerts?${query}`).expect(200)).body.items;
const incidents = async (query = '') => (await ines.get(`/v1/incidents?${query}`).expect(200)).body.items;
const incident = async (id: string) => (await ines.get(`/v1/incidents/${id}`).expect(200)).body;

describe('a group of alerts, as a running Alertmanager sent it', () => {
  test('opens one incident of the services and the environment that its labels name', async () => {
    await alertmanager(fixture('01-firing')).expect(202, { accepted: 1, unreadable: 0, unused: 0 });
    await alertmanager(fixture('02-firing-two')).expect(202);
    await slipway.caughtUp();
    const [row, ...others] = await incidents('state=detected');
    expect(others).toEqual([]);
    expect(row).toMatchObject({
      title: 'HighErrorRate on checkoutservice',
      severity: 'critical',
      environmentId: production,
      firingAlerts: 2,
    });
    expect(await incident(row.number)).toMatchObject({
      number: expect.stringMatching(/^INC-\d+$/),
      state: 'Detected',
      detectedBy: 'alert',
      detectedAt: '2026-11-21T07:09:11.817Z',
      impactStartedAt: '2026-11-21T07:09:11.817Z',
      serviceIds: [checkout, frontend],
      alerts: [{ status: 'firing' }, { status: 'firing' }],
      quiet: false,
    });
  });

  test('says the same again to no further effect', async () => {
    const before = await incidents();
    for (const name of ['01-firing', '02-firing-two', '02-firing-two']) await alertmanager(fixture(name)).expect(202);
    await slipway.caughtUp();
    expect(await incidents()).toEqual(before);
    expect(await alerts('state=matched')).toHaveLength(2);
  });

  test('is over for the tool when all are resolved; people resolve the incident', async () => {
    await alertmanager(fixture('03-mixed')).expect(202, { accepted: 2, unreadable: 0, unused: 0 });
    await slipway.caughtUp();
    const [row] = await incidents();
    expect(row).toMatchObject({ state: 'Detected', firingAlerts: 1 });
    await alertmanager(fixture('04-resolved')).expect(202);
    await slipway.caughtUp();
    expect(await incident(row.id)).toMatchObject({
      state: 'Detected',
      quiet: true,
      alerts: [{ status: 'resolved' }, { status: 'resolved' }],
    });
    expect((await alerts('q=higherror')).map((each: { status: string }) => each.status)).toEqual([
      'resolved',
      'resolved',
    ]);
  });

  test('opens another incident once that one is resolved', async () => {
    const [row] = await incidents();
    await ines.post(`/v1/incidents/${row.number}/resolve`).expect(200);
    const again = JSON.parse(fixture('01-firing').toString());
    again.alerts[0].startsAt = '2026-11-21T08:00:00Z';
    await alertmanager(JSON.stringify(again)).expect(202);
    await slipway.caughtUp();
    const [newer, older] = await incidents();
    expect([newer.state, older.id]).toEqual(['Detected', row.id]);
    await ines.post(`/v1/incidents/${newer.id}/cancel`, { cause: 'false-alarm' }).expect(200);
  });
});

test('alerts of other groups at the same moment share the incident of their service', async () => {
  const [first] = JSON.parse(fixture('01-firing').toString()).alerts;
  const bodies = Array.from({ length: 8 }, (_, index) => ({
    groupKey: `{}:{alertname="Storm${index}"}`,
    alerts: [
      {
        ...first,
        fingerprint: `storm-${index}`,
        startsAt: '2026-11-20T10:00:00Z',
        labels: { ...first.labels, alertname: `Storm${index}` },
      },
    ],
  }));
  await Promise.all(bodies.map(body => alertmanager(JSON.stringify(body)).expect(202)));
  await slipway.caughtUp();
  const storm = await incidents('q=storm');
  expect(storm).toMatchObject([{ firingAlerts: 8 }]);
  expect((await incident(storm[0].id)).serviceIds).toEqual([checkout]);
});

test('all labels of one entry match; an environment by its alias', async () => {
  const alert = {
    status: 'firing',
    labels: { alertname: 'Slow', app: 'web', tier: 'edge', env: 'prod' },
    startsAt: '2026-10-01T00:00:00Z',
    fingerprint: 'slow',
  };
  await alertmanager(JSON.stringify({ groupKey: 'slow', alerts: [alert] })).expect(202);
  await slipway.caughtUp();
  expect(await incidents('q=slow')).toMatchObject([
    { title: 'Slow', severity: 'medium', serviceIds: [frontend], environmentId: production },
  ]);
});

describe('alerts that match no service', () => {
  test('are listed, and bound by hand with a reason', async () => {
    await alertmanager(fixture('three-firing')).expect(202, { accepted: 3, unreadable: 0, unused: 0 });
    await slipway.caughtUp();
    const unmatched = await alerts('state=unmatched');
    expect(unmatched).toHaveLength(3);
    const [one] = unmatched;
    const bind = { services: ['checkout'], environment: 'production', reason: 'Ann runs it beside checkout' };
    await ines
      .post(`/v1/incidents/alerts/${one.id}/bind`, { ...bind, services: ['nobody'] })
      .expect(422, /unknown-service/);
    await ines.post(`/v1/incidents/alerts/${one.id}/bind`, { ...bind, services: [] }).expect(409, /services-missing/);
    await ines.post(`/v1/incidents/alerts/${derivedId('none')}/bind`, bind).expect(404);
    const { body } = await ines.post(`/v1/incidents/alerts/${one.id}/bind`, bind).expect(200);
    expect(body).toMatchObject({
      state: 'matched',
      reason: 'Ann runs it beside checkout',
      serviceIds: [checkout],
      payload: expect.stringContaining('promstack'),
    });
    await slipway.caughtUp();
    expect(await incident(body.incidentId)).toMatchObject({
      severity: 'low',
      impactStartedAt: '2020-10-11T14:34:11.279Z',
    });
    await ines.post(`/v1/incidents/alerts/${one.id}/bind`, bind).expect(409, /already-matched/);
    expect(await alerts('state=unmatched')).toHaveLength(2);
  });

  test('are bound to a given incident that is not over', async () => {
    const [one] = await alerts('state=unmatched');
    const [over] = await incidents('state=canceled');
    const [open] = await incidents('q=slow');
    const bind = { services: ['frontend'], reason: 'the same cause' };
    await ines
      .post(`/v1/incidents/alerts/${one.id}/bind`, { ...bind, incident: over.number })
      .expect(409, /incident-canceled/);
    await ines
      .post(`/v1/incidents/alerts/${one.id}/bind`, { ...bind, incident: 'INC-999' })
      .expect(422, /unknown-incident/);
    await ines.post(`/v1/incidents/alerts/${one.id}/bind`, { ...bind, incident: open.number }).expect(200);
    await slipway.caughtUp();
    expect((await incident(open.id)).alerts).toHaveLength(2);
  });
});

test('an alert that matched nothing is matched once the catalog learns its alias', async () => {
  const labels = { alertname: 'CartSlow', service: 'cart-prod-eu' };
  const alert = { status: 'firing', labels, startsAt: '2026-09-01T00:00:00Z', fingerprint: 'cart' };
  await alertmanager(JSON.stringify({ groupKey: 'cart', alerts: [alert] })).expect(202);
  await slipway.caughtUp();
  expect(await alerts('state=unmatched&q=cartslow')).toHaveLength(1);
  const cart = idOfService('cart');
  await slipway.append('service', cart, serviceRegistered('cart'));
  await slipway.caughtUp();
  expect(await alerts('state=unmatched&q=cartslow')).toHaveLength(1);
  const { data } = serviceRegistered('cart', { aliases: ['cart-prod-eu'] });
  await slipway.append('service', cart, { type: 'ServiceUpdated', data });
  await slipway.caughtUp();
  expect(await alerts('q=cartslow&team=shop')).toMatchObject([{ state: 'matched', serviceIds: [cart] }]);
  expect(await alerts('q=cartslow&team=others')).toEqual([]);
  expect(await incidents('service=cart')).toMatchObject([{ title: 'CartSlow on cart-prod-eu', firingAlerts: 1 }]);
});

describe('PagerDuty', () => {
  const message = (id: string, kind: string, at: string) =>
    JSON.stringify({
      event: {
        id,
        event_type: kind,
        resource_type: 'incident',
        occurred_at: at,
        data: {
          id: 'PGR0VU2',
          type: 'incident',
          number: 2,
          incident_key: 'key-1',
          created_at: '2026-04-09T15:16:27Z',
          title: 'Checkout is down, says Ann Example',
          service: { id: 'PF9KMXH', summary: 'checkoutservice' },
          urgency: 'high',
        },
      },
    });
  const triggered = message('e1', 'incident.triggered', '2026-04-09T15:16:28Z');

  test('opens an incident; each status of it is told, one event once', async () => {
    await pagerDuty(triggered).expect(202, { accepted: 1, unreadable: 0, unused: 0 });
    await pagerDuty(message('e2', 'incident.acknowledged', '2026-04-09T15:18:00Z')).expect(202);
    await pagerDuty(triggered).expect(202);
    await slipway.caughtUp();
    const [row] = await incidents('q=pagerduty');
    expect(row).toMatchObject({ title: 'PagerDuty #2 of checkoutservice', severity: 'high', firingAlerts: 1 });
    expect((await incident(row.id)).alerts).toMatchObject([{ status: 'acknowledged', at: '2026-04-09T15:18:00.000Z' }]);
  });

  test('with one right signature among several', async () => {
    const wrong = signed(triggered, 'old');
    await pagerDuty(triggered, `${wrong},${signed(triggered)}`).expect(202);
    await pagerDuty(triggered, `v2=x, ${signed(triggered)}`).expect(202);
    for (const none of [wrong, 'v1=', signed(`${triggered} `), `v2=${signed(triggered).slice(3)}`, ''])
      await pagerDuty(triggered, none).expect(401, /unauthenticated/);
  });

  test('of a kind that is not used is taken and counted', () =>
    pagerDuty(message('e9', 'incident.annotated', '2026-04-09T15:30:00Z')).expect(202, {
      accepted: 0,
      unreadable: 0,
      unused: 1,
    }));

  test('names nobody in an event', async () => {
    const [row] = await alerts('q=pagerduty');
    const events = await slipway.events(`alert-${row.id}`);
    expect(JSON.stringify(events)).not.toContain('Ann Example');
    expect((await ines.get(`/v1/incidents/alerts/${row.id}`).expect(200)).body.payload).toContain('Ann Example');
  });
});

describe('a webhook', () => {
  test('is refused without its token', async () => {
    await alertmanager(fixture('01-firing'), 'wrong').expect(401, /unauthenticated/);
    await alertmanager(fixture('01-firing'), '').expect(401);
    await send('alertmanager', fixture('01-firing'), { Authorization: `Basic ${TOKEN}` }).expect(401);
    await send('alertmanager', fixture('01-firing'), {}).expect(401);
  });

  test.each([
    ['no JSON', Buffer.from('{"alerts":[')],
    ['not UTF-8', Buffer.from('{"alerts":"\xff"}', 'latin1')],
    ['a NUL', Buffer.from('{"alerts":[],"x":"\\u0000"}')],
    ['half a surrogate pair', Buffer.from('{"x":"\\ud800"}')],
    ['too deep', Buffer.from(`${'['.repeat(500)}${']'.repeat(500)}`)],
    ['no object', Buffer.from('7')],
    ['nothing', Buffer.from('')],
    ['a large one', Buffer.from(JSON.stringify({ x: 'ü'.repeat(120_000) }))],
    [
      'one alert without a start',
      Buffer.from(JSON.stringify({ groupKey: 'g', alerts: [{ fingerprint: 'f', labels: {}, status: 'firing' }] })),
    ],
  ])('is kept when it cannot be read, once: %s', async (_, body) => {
    const before = await alerts('state=unreadable&pageSize=200');
    await alertmanager(body).expect(202, { accepted: 0, unreadable: 1, unused: 0 });
    await alertmanager(body).expect(202);
    await slipway.caughtUp();
    const after = await alerts('state=unreadable&pageSize=200');
    expect(after).toHaveLength(before.length + 1);
    const { body: kept } = await ines.get(`/v1/incidents/alerts/${after[0].id}`).expect(200);
    expect(kept).toMatchObject({ state: 'unreadable', problem: expect.any(String), payload: expect.any(String) });
    await ines
      .post(`/v1/incidents/alerts/${after[0].id}/bind`, { services: ['checkout'], reason: 'x' })
      .expect(409, /alert-unreadable/);
  });

  test('that is too large is refused', () => alertmanager(JSON.stringify({ x: 'x'.repeat(300_000) })).expect(413));
});
