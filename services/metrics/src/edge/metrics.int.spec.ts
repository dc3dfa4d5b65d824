import type { Delivery } from '@slipway/consumers';
import { digestOf } from '@slipway/canonical';
import { testService, type TestService } from '@slipway/service/testing';
import fc from 'fast-check';
import pg from 'pg';
import type { Figure } from '../definitions/figure.ts';
import { metrics } from '../module.ts';
import { keepFacts } from '../read/facts.projection.ts';

const SERVICE = '1f7d6f0e-3c52-8a41-9d0b-6f2f6c1f0a11';
const PRODUCTION = '3ab4c5d6-7e8f-8091-a2b3-c4d5e6f70833';
const DIGEST = digestOf('checkout 2.4.0');
const AUTHOR = 'person-0198c1a0-1000-7000-8000-000000000004';
const at = (time: string): string => `2026-03-02T${time}:00.000Z`;

type Body = Readonly<{
  position: number;
  blend: boolean;
  service?: { id: string; name: string };
  measures: readonly { measure: string; definition: string; figures: readonly Figure[] }[];
}>;

let slipway: TestService;
beforeAll(async () => {
  slipway = await testService(metrics);
});
afterAll(() => slipway.stop());

// A release of one commit, deployed at 10:00; an incident from 10:20 to 11:00 that it caused; rolled back meanwhile.
const history: readonly [category: string, id: string, ...events: { type: string; data: object }[]][] = [
  ['service', SERVICE, { type: 'ServiceRegistered', data: { name: 'checkout', occurredAt: at('08:00') } }],
  [
    'environment',
    PRODUCTION,
    { type: 'EnvironmentRegistered', data: { name: 'production', tier: 'production', occurredAt: at('08:00') } },
  ],
  [
    'release',
    'r1',
    {
      type: 'ArtifactAttached',
      data: {
        artifact: {
          serviceId: SERVICE,
          version: '2.4.0',
          digest: DIGEST,
          repository: 'example/checkout',
          commits: [{ sha: 'a'.repeat(40), author: AUTHOR, committedAt: '2026-03-01T10:10:00.000Z' }],
        },
        occurredAt: at('08:30'),
      },
    },
  ],
  [
    'deployment',
    'd1',
    {
      type: 'DeploymentRequested',
      data: {
        kind: 'planned',
        target: { serviceId: SERVICE, environmentId: PRODUCTION, wave: 1 },
        production: true,
        digests: [DIGEST],
        changeId: 'c1',
        releaseId: 'r1',
        deployer: AUTHOR,
        occurredAt: at('09:55'),
      },
    },
    { type: 'DeploymentStarted', data: { occurredAt: at('10:00') } },
    { type: 'StepStarted', data: { step: 'migrate', occurredAt: at('10:01') } },
    { type: 'TrafficTaken', data: { occurredAt: at('10:05') } },
    { type: 'DeploymentSucceeded', data: { occurredAt: at('10:10') } },
    { type: 'DeploymentRolledBack', data: { rollbackDeploymentId: 'd2', cause: 'fault', occurredAt: at('10:55') } },
  ],
  [
    'incident',
    'i1',
    {
      type: 'IncidentDetected',
      data: { serviceIds: [SERVICE], impactStartedAt: at('10:20'), occurredAt: at('10:25') },
    },
    {
      type: 'CauseConfirmed',
      data: { kind: 'deployment', deploymentId: 'd1', primary: true, occurredAt: at('10:40') },
    },
    { type: 'IncidentMitigated', data: { occurredAt: at('11:00') } },
    { type: 'IncidentResolved', data: { occurredAt: at('12:00') } },
  ],
];
const PERIOD = 'from=2026-03-02T00:00:00Z&to=2026-03-04T00:00:00Z';

const figures = (body: unknown): Readonly<Record<string, number | null>> =>
  Object.fromEntries(
    (body as Body).measures.flatMap(({ measure, figures: all }) =>
      all.map(({ series, value }) => [`${measure} ${series}`, value]),
    ),
  );

const EXPECTED = {
  'deployment-frequency rollouts-per-day': 0.5,
  'deployment-frequency share-of-days': 0.5,
  'lead-time lead-time': 24 * 3600,
  'change-fail-rate change-fail-rate': 1,
  'failed-deployment-recovery-time from-impact-start': 40 * 60,
  'failed-deployment-recovery-time from-deployment-finish': 50 * 60,
  'mttr release-related': 35 * 60,
  'mttr all': 35 * 60,
  'time-to-resolve release-related': 95 * 60,
  'time-to-resolve all': 95 * 60,
};

test('the delivery report equals what is worked out by hand, says its position, and can be asked as of an earlier one', async () => {
  for (const [category, id, ...events] of history) await slipway.append(category, id, ...events);
  await slipway.caughtUp();
  const ann = await slipway.as('ann@example.org', 'viewer');

  const blend = await ann.get(`/v1/reports/delivery?${PERIOD}`).expect(200);
  expect(figures(blend.body)).toEqual(EXPECTED);
  const { position, blend: isBlend, measures } = blend.body as Body;
  expect([isBlend, String(position)]).toEqual([true, blend.headers['slipway-position']]);
  expect(measures.map(({ definition }) => definition)).toEqual(measures.map(() => 'first/1'));

  const byName = await ann.get(`/v1/reports/delivery?service=checkout&environment=production&${PERIOD}`).expect(200);
  expect((byName.body as Body).service).toEqual({ id: SERVICE, name: 'checkout' });
  expect(figures(byName.body)).toMatchObject({ 'change-fail-rate change-fail-rate': 1, 'mttr all': null });

  const one = await ann.get(`/v1/metrics/mttr?service=${SERVICE}&${PERIOD}`).expect(200);
  expect(figures(one.body)).toEqual({ 'mttr release-related': 35 * 60, 'mttr all': 35 * 60 });

  // Before the incident was mitigated, and before the rollback, nobody knew of a failure.
  const earlier = await ann.get(`/v1/reports/delivery?position=${position - 5}&${PERIOD}`).expect(200);
  expect(figures(earlier.body)).toMatchObject({ 'change-fail-rate change-fail-rate': 0, 'mttr all': null });
  expect(earlier.headers['slipway-position']).toBe(String(position - 5));
});

test('what cannot be measured is refused by name', async () => {
  const ann = await slipway.as('ann@example.org', 'viewer');
  await ann.get('/v1/metrics/happiness').expect(404);
  await ann.get('/v1/metrics/mttr?service=nobody').expect(404);
  await ann.get('/v1/metrics/mttr?surplus=1').expect(400);
  await ann.get('/v1/metrics/mttr?from=2026-02-30T00:00:00Z').expect(400);
  const turned = await ann.get('/v1/metrics/mttr?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z').expect(400);
  expect((turned.body as { code: string }).code).toBe('invalid-period');
  const ahead = await ann.get('/v1/metrics/mttr?position=9999999').expect(400);
  expect((ahead.body as { code: string }).code).toBe('unknown-position');
  await ann.get('/v1/metrics/mttr?service=a%00b').expect(400);
  await ann.get('/v1/metrics/a%00b').expect(400);
  await ann.get('/v1/metrics/mttr?position=1e3').expect(400);
  await ann.get('/v1/metrics/mttr?from=0000-01-01T00:00:00Z').expect(400);
  const { body } = await ann.get('/v1/metrics/definitions').expect(200);
  expect((body as { definitions: { measure: string }[] }).definitions.map(({ measure }) => measure)).toContain(
    'change-fail-rate',
  );
});

test('whatever the order, the duplicates and the batches that the facts come in: the same rows', async () => {
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl('metrics'), max: 1 });
  const stored = async (client: pg.ClientBase): Promise<unknown> =>
    (
      await client.query(
        'SELECT stream, version, position::int, category, type, service_id, data FROM metrics.facts_v1 ORDER BY stream, version',
      )
    ).rows;
  const store = slipway.host.running[0]!.service.store;
  const deliveries = (await store.readLog(0, 1_000)) as readonly Delivery[];
  const client = await pool.connect();
  const expected = await stored(client);
  expect(expected).toHaveLength(history.flatMap(([, , ...events]) => events).length - 1);
  const shuffled = fc
    .tuple(fc.shuffledSubarray([...deliveries], { minLength: deliveries.length }), fc.subarray([...deliveries]))
    .map(([all, again]) => [...all, ...again]);
  await client.query('SET search_path = metrics');
  await fc.assert(
    fc.asyncProperty(shuffled, fc.integer({ min: 1, max: 50 }), async (events, size) => {
      await client.query('BEGIN; DELETE FROM facts_v1');
      for (let start = 0; start < events.length; start += size)
        await keepFacts(events.slice(start, start + size), client);
      expect(await stored(client)).toEqual(expected);
      await client.query('ROLLBACK');
    }),
    { numRuns: 20 },
  );
  client.release();
  await pool.end();
});
