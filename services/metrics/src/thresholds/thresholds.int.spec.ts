import { type Client, testService, type TestService } from '@slipway/service/testing';
import pg from 'pg';
import { metrics } from '../module.ts';
import { judgeDue } from './judging.ts';
import {
  broken,
  CART,
  CHECKOUT,
  eventually,
  openShop,
  rolledOut,
  setThreshold,
  type Shown,
  terms,
  verdictsIn,
} from './thresholds.example.ts';

const DAY = 86_400_000;
let slipway: TestService;
let rita: Client;

beforeAll(async () => {
  slipway = await testService(metrics);
  rita = await slipway.as('rita@example.org', 'release-manager');
  await openShop(slipway.append);
});
afterAll(() => slipway.stop());

const ids = { next: 0 };
const id = (kind: string): string => `${kind}-${(ids.next += 1)}`;
const told = async ({ id: threshold }: Shown) => verdictsIn(await slipway.events(`metricThreshold-${threshold}`));
const toldOf = (threshold: Shown, count: number) =>
  eventually(async () => {
    const verdicts = await told(threshold);
    return verdicts.length >= count ? verdicts : undefined;
  });
const service = () => slipway.host.running[0]!.service;

/** Until every fact so far was judged. */
const judged = async (): Promise<void> => {
  await slipway.caughtUp();
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl('metrics'), max: 1 });
  await eventually(async () => {
    const { rows } = await pool.query<{ open: number }>(
      `SELECT count(*)::int AS open FROM metrics.threshold_watch_v1 AS watch
       LEFT JOIN metrics.threshold_evaluations_v1 AS known ON known.id = watch.id
       WHERE known.id IS NULL OR known.waiting_since IS NOT NULL OR known.lease IS NOT NULL`,
    );
    return rows[0]?.open === 0 ? true : undefined;
  });
  await pool.end();
};

test('a figure that crosses its limit is told once, with what it is made of; that it recovered, too', async () => {
  const rollouts = [id('run'), id('run')];
  for (const run of rollouts) await rolledOut(slipway.append, run);
  const threshold = await setThreshold(rita);
  expect(threshold).toMatchObject({
    number: 'THR-1',
    state: 'Watching',
    series: 'change-fail-rate',
    statistic: 'value',
  });
  await judged();
  expect(await told(threshold)).toEqual([]);

  const incident = id('incident');
  await broken(slipway.append, incident, rollouts[0]!);
  const [crossed] = await toldOf(threshold, 1);
  expect(crossed).toMatchObject({
    type: 'ThresholdCrossed',
    data: {
      actor: 'process-judge-threshold',
      measure: 'change-fail-rate',
      condition: 'above',
      limit: 0.3,
      about: { kind: 'service', id: CHECKOUT },
      serviceIds: [CHECKOUT],
      revision: 1,
      figure: { value: 0.5, unit: 'ratio', numerator: 1, denominator: 2, counted: 2, definition: 'first/2' },
      over: { zone: 'UTC' },
      causes: expect.arrayContaining([
        expect.objectContaining({ stream: `incident-${incident}`, version: 2, type: 'CauseConfirmed' }),
      ]),
    },
  });
  const shown = (await rita.get(`/v1/metric-thresholds/${threshold.number}`).expect(200)).body;
  expect(shown).toMatchObject({ state: 'Crossed', verdict: { state: 'Crossed', figure: { value: 0.5 } } });

  await slipway.append('incident', incident, {
    type: 'CauseWithdrawn',
    data: { kind: 'deployment', deploymentId: rollouts[0] },
  });
  const [, recovered] = await toldOf(threshold, 2);
  expect(recovered).toMatchObject({ type: 'ThresholdRecovered', data: { figure: { value: 0 } } });
  await judged();
  expect(await told(threshold)).toHaveLength(2);
  await rita.post(`/v1/metric-thresholds/${threshold.id}/retire`, { reason: 'enough' }).expect(200);
});

test('a team is its services of now: one that joins it brings its figures', async () => {
  const threshold = await setThreshold(rita, { team: 'shop', title: 'Of the shop', limit: 0.9, condition: 'below' });
  expect(threshold).toMatchObject({ serviceIds: [CHECKOUT, CART] });
  const [crossed] = await toldOf(threshold, 1);
  expect(crossed).toMatchObject({ data: { figure: { value: 0 } } });
  const joining = '4cb4c5d6-7e8f-8091-a2b3-c4d5e6f70844';
  await slipway.append('service', joining, { type: 'ServiceRegistered', data: { name: 'mail', ownerTeam: 'post' } });
  const runs = Array.from({ length: 30 }, () => id('run'));
  for (const run of runs) {
    await rolledOut(slipway.append, run, joining);
    await broken(slipway.append, id('incident'), run);
  }
  await judged();
  expect(await told(threshold)).toHaveLength(1);
  await slipway.append('service', joining, { type: 'ServiceUpdated', data: { name: 'mail', ownerTeam: 'shop' } });
  const [, recovered] = await toldOf(threshold, 2);
  expect(recovered).toMatchObject({ data: { serviceIds: [CHECKOUT, CART, joining], figure: { numerator: 30 } } });
});

test('time alone moves a window: what was crossed recovers without any fact', async () => {
  const run = id('run');
  await rolledOut(slipway.append, run, CART);
  await broken(slipway.append, id('incident'), run, [CART]);
  const threshold = await setThreshold(rita, { application: 'store', window: { lastDays: 1 }, leastPopulation: 0 });
  await toldOf(threshold, 1);
  const frequent = await setThreshold(rita, {
    service: 'cart',
    measure: 'deployment-frequency',
    series: 'rollouts-per-day',
    condition: 'below',
    limit: 0.5,
    leastPopulation: 0,
    window: { lastDays: 1 },
  });
  await judged();
  expect(await told(frequent)).toEqual([]);
  const later = new Date(Date.now() + 2 * DAY);
  expect(await judgeDue(service(), later)).toBeGreaterThan(1);
  expect(await told(frequent)).toMatchObject([
    { type: 'ThresholdCrossed', data: { causes: [], figure: { value: 0 }, occurredAt: later.toISOString() } },
  ]);
  // Nothing to measure is no recovery.
  expect(await told(threshold)).toHaveLength(1);
  // The same moment again: the same verdict, told before.
  await setThreshold(rita, { service: 'cart', title: 'Another' });
  await judged();
  expect(await told(frequent)).toHaveLength(1);
});

test('what was claimed by a process that is no more is judged by another one, and told once', async () => {
  const run = id('run');
  await rolledOut(slipway.append, run);
  const threshold = await setThreshold(rita, { limit: 0.01, service: 'checkout', title: 'Abandoned' });
  await judged();
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl('metrics'), max: 1 });
  const abandon = (until: string) =>
    pool.query(
      `UPDATE metrics.threshold_evaluations_v1 SET lease = 'gone', leased_until = ${until}, first_touched = 1, last_touched = 1,
         waiting_since = clock_timestamp() WHERE id = $1`,
      [threshold.id],
    );
  await abandon(`clock_timestamp() + interval '1 hour'`);
  const incident = id('incident');
  await broken(slipway.append, incident, run);
  await slipway.caughtUp();
  await judgeDue(service(), new Date());
  expect(await told(threshold)).toEqual([]);
  await abandon('clock_timestamp()');
  await toldOf(threshold, 1);
  // Told, and killed before it was settled: judged again on as much.
  await judged();
  await abandon('clock_timestamp()');
  await judged();
  expect(await told(threshold)).toHaveLength(1);
  await pool.end();
});

describe('what is asked for', () => {
  test('is revised, described, listed and found by what it is about', async () => {
    const { id: threshold } = await setThreshold(rita, { team: 'shop', title: 'Slow mending', leastPopulation: 3 });
    const revised = {
      measure: 'mttr',
      series: 'all',
      statistic: 'p90',
      condition: 'above',
      limit: 3_600,
      team: 'shop',
      window: { calendarMonth: true, zone: 'Europe/Berlin' },
      reason: 'Tess asked',
    };
    const { body } = await rita.post(`/v1/metric-thresholds/${threshold}/revise`, revised).expect(200);
    expect(body).toMatchObject({
      revision: 2,
      statistic: 'p90',
      window: { kind: 'calendar-month' },
      reason: 'Tess asked',
    });
    await rita.patch(`/v1/metric-thresholds/${threshold}`, { labels: ['slow'], owner: 'tess@example.org' }).expect(200);
    const last = await rita.post(`/v1/metric-thresholds/${threshold}/comment`, { text: 'Seen.' }).expect(200);
    const found = async (query: string) => {
      const afterEvent = encodeURIComponent(String(last.headers['slipway-event']));
      const answer = await rita.get(`/v1/metric-thresholds?${query}&afterEvent=${afterEvent}`).expect(200);
      return (answer.body as { items: { id: string; measure: string }[] }).items;
    };
    expect(await found('label=slow')).toMatchObject([{ id: threshold, measure: 'mttr', limit: 3_600 }]);
    for (const query of [
      'q=mending',
      'measure=mttr',
      'team=shop&q=slow',
      'service=cart&q=slow',
      'state=Watching&q=slow',
    ])
      expect((await found(query)).map(each => each.id)).toEqual([threshold]);
    expect(await found('service=nobody')).toEqual([]);
    expect(await found('application=store&q=slow')).toEqual([]);
    expect(JSON.stringify(await slipway.events(`metricThreshold-${threshold}`))).not.toMatch(/Tess|tess@|Seen/);
  });

  test('is refused by name when there is no such figure', async () => {
    const refused = async (more: object, status: number) =>
      (await rita.post('/v1/metric-thresholds', { ...terms, service: 'checkout', ...more }).expect(status)).body.code;
    expect(await refused({ measure: 'happiness' }, 422)).toBe('unknown-measure');
    expect(await refused({ series: 'all' }, 422)).toBe('unknown-series');
    expect(await refused({ statistic: 'p90' }, 422)).toBe('unknown-statistic');
    expect(await refused({ service: 'nobody' }, 422)).toBe('unknown-service');
    expect(await refused({ service: undefined, team: 'nobody' }, 422)).toBe('unknown-team');
    expect(await refused({ service: undefined, application: 'nothing' }, 422)).toBe('unknown-application');
    expect(await refused({ team: 'shop' }, 400)).toBe('invalid-fields');
    expect(await refused({ service: undefined }, 400)).toBe('invalid-fields');
    expect(await refused({ window: {} }, 400)).toBe('invalid-fields');
    expect(await refused({ window: { calendarMonth: true, lastDays: 3 } }, 400)).toBe('invalid-fields');
    expect(await refused({ window: { lastDays: 367 } }, 400)).toBe('invalid-fields');
    expect(await refused({ window: { lastDays: 3, zone: 'Mars/Olympus' } }, 400)).toBe('invalid-fields');
    expect(await refused({ limit: -1 }, 400)).toBe('invalid-fields');
    expect(await refused({ limit: '0.3' }, 400)).toBe('invalid-fields');
    await rita.get('/v1/metric-thresholds/THR-4711').expect(404);
  });

  test('is a matter of who may write metrics, of all the services that it is about', async () => {
    const vic = await slipway.as('vic@example.org', 'viewer');
    await vic.post('/v1/metric-thresholds', { ...terms, service: 'checkout' }).expect(403);
    const [person] = await service().pseudonyms(['email:lim@example.org']);
    await slipway.append('roleGrant', crypto.randomUUID(), {
      type: 'RoleGranted',
      data: { person, role: 'release-manager', scope: { services: [CHECKOUT] }, from: '2026-01-01T00:00:00Z' },
    });
    const lim = await slipway.as('lim@example.org');
    const own = await setThreshold(lim, { service: 'checkout', title: 'Ours', limit: 0.99 });
    await lim.get(`/v1/metric-thresholds/${own.id}`).expect(200);
    await lim.post('/v1/metric-thresholds', { ...terms, team: 'shop' }).expect(403);
    await lim.post('/v1/metric-thresholds', { ...terms, service: 'cart' }).expect(403);
    const elsewhere = await setThreshold(rita, { service: 'cart', title: 'Theirs', limit: 0.99 });
    await lim.get(`/v1/metric-thresholds/${elsewhere.id}`).expect(403);
    await lim.post(`/v1/metric-thresholds/${elsewhere.id}/retire`).expect(403);
    await lim
      .post(`/v1/metric-thresholds/${own.id}/revise`, { ...terms, title: undefined, service: 'cart' })
      .expect(403);
    await slipway.caughtUp();
    const { items } = (await lim.get('/v1/metric-thresholds').expect(200)).body as { items: { title: string }[] };
    expect(items.map(({ title }) => title)).toContain('Ours');
    expect(items.map(({ title }) => title)).not.toContain('Theirs');
  });
});

test('a rebuild of who watches what loses nothing that waits, and goes on watching', async () => {
  const ada = await slipway.as('ada@example.org', 'administrator');
  const threshold = await setThreshold(rita, { service: 'cart', title: 'Rebuilt', limit: 0.95 });
  await judged();
  const consumer = 'metrics.threshold-watch';
  await ada.post('/v1/operations/metrics/rebuild', { consumer, reason: 'a rule was wrong' }).expect(202);
  await eventually(async () => {
    const { body } = await ada.get('/v1/operations/metrics/consumers').expect(200);
    const items = body.items as readonly { consumer: string; rebuild: { status: string } | null }[];
    return items.find(each => each.consumer === consumer)?.rebuild?.status === 'done' ? true : undefined;
  });
  await rita
    .post(`/v1/metric-thresholds/${threshold.id}/revise`, { ...terms, title: undefined, service: 'cart', limit: 0.01 })
    .expect(200);
  const run = id('run');
  await rolledOut(slipway.append, run, CART);
  await broken(slipway.append, id('incident'), run, [CHECKOUT]);
  expect(await toldOf(threshold, 1)).toMatchObject([{ type: 'ThresholdCrossed' }]);
});

test('of a calendar month, the verdict says which', async () => {
  const threshold = await setThreshold(rita, {
    service: 'checkout',
    title: 'This month',
    measure: 'deployment-frequency',
    series: 'rollouts-per-day',
    condition: 'below',
    limit: 1_000_000,
    leastPopulation: 0,
    window: { calendarMonth: true, zone: 'Pacific/Kiritimati' },
  });
  const [crossed] = await toldOf(threshold, 1);
  const zone = 'Pacific/Kiritimati';
  const month = Temporal.Now.zonedDateTimeISO(zone).toPlainDate().toPlainYearMonth().toString();
  expect(crossed).toMatchObject({ data: { over: { period: month, zone } } });
});
