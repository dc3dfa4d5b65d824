import type { Delivery } from '@slipway/consumers';
import { digestOf } from '@slipway/canonical';
import { testService, type TestService } from '@slipway/service/testing';
import fc from 'fast-check';
import pg from 'pg';
import type { Figure } from '../figures/figure.ts';
import { metrics } from '../module.ts';
import { factOf } from '../facts/facts.ts';
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
  [
    'service',
    SERVICE,
    { type: 'ServiceRegistered', data: { name: 'checkout', ownerTeam: 'shop', occurredAt: at('08:00') } },
  ],
  [
    'application',
    'a1',
    { type: 'ApplicationRegistered', data: { name: 'store', serviceIds: [SERVICE], occurredAt: at('08:00') } },
  ],
  [
    'environment',
    PRODUCTION,
    {
      type: 'EnvironmentRegistered',
      data: { name: 'production', tier: 'production', region: 'eu-central-1', occurredAt: at('08:00') },
    },
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
          pullRequests: [{ key: '7', firstCommitAt: '2026-02-28T10:10:00.000Z', mergedAt: '2026-03-01T10:10:00.000Z' }],
        },
        occurredAt: at('08:30'),
      },
    },
  ],
  [
    'change',
    'c1',
    {
      type: 'ChangeRaised',
      data: {
        model: 'normal',
        releaseIds: ['r1'],
        serviceIds: [SERVICE],
        content: { targets: [{ serviceId: SERVICE, environmentId: PRODUCTION, wave: 1 }] },
        occurredAt: at('08:40'),
      },
    },
    { type: 'ApprovalRequested', data: { slot: 'quality', occurredAt: at('08:50') } },
    { type: 'ChangeAuthorized', data: { authorization: 'approved', occurredAt: at('09:20') } },
    { type: 'ChangeImplementationStarted', data: { deploymentId: 'd1', occurredAt: at('10:00') } },
    { type: 'ChangeClosed', data: { closeCode: 'unsuccessful', unauthorized: false, occurredAt: at('12:30') } },
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
  'lead-time from-first-commit': 48 * 3600,
  'change-fail-rate change-fail-rate': 1,
  'failed-deployment-recovery-time from-impact-start': 40 * 60,
  'failed-deployment-recovery-time from-deployment-finish': 50 * 60,
  'rework-rate rework-rate': 0,
  'rollback-rate rollback-rate': 1,
  'mttr release-related': 35 * 60,
  'mttr all': 35 * 60,
  'time-to-resolve release-related': 95 * 60,
  'time-to-resolve all': 95 * 60,
  'change-success successful': 0,
  'change-success successful-with-issues': 0,
  'change-success unsuccessful': 1,
  'change-success standard': null,
  'change-success normal': 0,
  'change-success emergency': null,
  'approval-lead-time elapsed': 30 * 60,
  'approval-lead-time business-time': 20 * 60,
  'emergency-share emergency-share': 0,
};

test('the delivery report equals what is worked out by hand, says its position, and can be asked as of an earlier one', async () => {
  for (const [category, id, ...events] of history) await slipway.append(category, id, ...events);
  await slipway.caughtUp();
  const ann = await slipway.as('ann@example.org', 'viewer');

  const blend = await ann.get(`/v1/reports/delivery?${PERIOD}`).expect(200);
  expect(figures(blend.body)).toEqual(EXPECTED);
  const { position, blend: isBlend, measures } = blend.body as Body;
  expect([isBlend, String(position)]).toEqual([true, blend.headers['slipway-position']]);
  expect(measures.map(({ definition }) => definition)).toContain('first/2');

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

type Sliced = Readonly<{
  slices: readonly (Omit<Body, 'position'> & Readonly<{ name?: string; period?: string }>)[];
}>;

test('a report is told apart by what is asked for, in the days of a zone, beside the time before and an edition', async () => {
  const ann = await slipway.as('ann@example.org', 'viewer');
  const asked = async (query: string) =>
    (await ann.get(`/v1/metrics/change-fail-rate?${query}`).expect(200)).body as unknown;

  const { slices } = (await asked(PERIOD)) as Sliced;
  expect(slices).toMatchObject([{ by: 'service', id: SERVICE, name: 'checkout', blend: false }]);
  expect(await asked(`${PERIOD}&by=none`)).not.toHaveProperty('slices');
  for (const by of ['team', 'application', 'environment', 'region', 'releaseKind', 'changeModel', 'size', 'pattern'])
    expect(((await asked(`${PERIOD}&by=${by}`)) as Sliced).slices.length).toBeGreaterThan(0);
  for (const about of [
    'team=shop',
    'application=store',
    'region=eu-central-1',
    'changeModel=normal',
    'size=one-commit',
  ])
    expect(figures(await asked(`${PERIOD}&${about}`))).toEqual({ 'change-fail-rate change-fail-rate': 1 });
  expect(figures(await asked(`${PERIOD}&pattern=canary`))).toEqual({ 'change-fail-rate change-fail-rate': null });

  const days = (await asked('from=2026-03-01&to=2026-03-04&zone=Europe/Berlin&by=none&every=day')) as Sliced;
  expect(days.slices.map(({ period, measures: [measure] }) => [period, measure?.figures[0]?.value])).toEqual([
    ['2026-03-01', null],
    ['2026-03-02', 1],
    ['2026-03-03', null],
  ]);
  expect(await asked('period=2026-W10&zone=Europe/Berlin&compare=true&benchmark=dora-2024&by=none')).toMatchObject({
    from: '2026-03-01T23:00:00.000Z',
    to: '2026-03-08T23:00:00.000Z',
    comparedWith: { from: '2026-02-22T23:00:00.000Z', to: '2026-03-01T23:00:00.000Z' },
    measures: [
      {
        figures: [
          {
            value: 1,
            counted: 1,
            interval: { method: 'Wilson score' },
            comparison: { difference: null, verdict: 'unclear', before: { value: null } },
            benchmark: { edition: 'dora-2024', year: 2024 },
          },
        ],
      },
    ],
  });
  const night = `/v1/metrics/approval-lead-time?${PERIOD}&by=none&businessHours=00:00-24:00&businessDays=mon&holidays=2026-05-01`;
  expect(figures((await ann.get(night).expect(200)).body)).toMatchObject({
    'approval-lead-time business-time': 30 * 60,
  });
  const { body } = await ann.get('/v1/metrics/benchmarks').expect(200);
  expect((body as { editions: { edition: string }[] }).editions.map(({ edition }) => edition)).toContain('dora-2024');
});

test('who has limits sees what is within them, and of the whole nothing', async () => {
  const [person] = await slipway.host.running[0]!.service.pseudonyms(['email:lim@example.org']);
  const scope = { services: [SERVICE], environments: [PRODUCTION] };
  await slipway.append('roleGrant', crypto.randomUUID(), {
    type: 'RoleGranted',
    data: { person, role: 'viewer', scope, from: '2026-01-01T00:00:00Z' },
  });
  const lim = await slipway.as('lim@example.org');
  await lim.get('/v1/metrics/mttr?service=checkout&environment=production').expect(200);
  await lim.get('/v1/metrics/remediations?service=checkout').expect(403);
  await lim.get('/v1/metrics/definitions').expect(200);
  await lim.get('/v1/metrics/benchmarks').expect(200);
  for (const query of ['', '?service=checkout', '?environment=production', '?team=shop', '?region=eu-central-1']) {
    const { body } = await lim.get(`/v1/reports/delivery${query}`).expect(403);
    expect((body as { code: string }).code).toBe('outside-scope');
  }
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
  const refusals: Readonly<Record<string, readonly [status: number, code: string]>> = {
    'zone=Mars/Olympus': [400, 'invalid-fields'],
    'businessZone=%2B02:00': [400, 'invalid-fields'],
    'businessHours=17:00-09:00': [400, 'invalid-fields'],
    'period=2026-02-29': [400, 'invalid-period'],
    'period=2026-03&from=2026-03-01': [400, 'invalid-period'],
    'from=2010-01-01': [400, 'invalid-period'],
    'period=1969': [400, 'invalid-period'],
    'period=9999': [400, 'invalid-period'],
    'from=2017-01-01&every=day&by=team': [400, 'too-many-slices'],
    'benchmark=dora-1999': [404, 'not-found'],
    'team=nobody': [404, 'not-found'],
    'application=nothing': [404, 'not-found'],
    'region=nowhere': [404, 'not-found'],
    'by=color': [400, 'invalid-fields'],
    'holidays=tomorrow': [400, 'invalid-fields'],
  };
  for (const [query, [status, code]] of Object.entries(refusals)) {
    const { body: refused } = await ann.get(`/v1/metrics/mttr?${query}`).expect(status);
    expect([query, (refused as { code: string }).code]).toEqual([query, code]);
  }
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
        'SELECT stream, version, position::int, category, type, service_id, data FROM metrics.facts_v3 ORDER BY stream, version',
      )
    ).rows;
  const store = slipway.host.running[0]!.service.store;
  const read = (await store.readLog(0, 1_000)) as readonly Delivery[];
  const deliveries = read.flatMap(event => {
    const fact = factOf(event);
    return fact ? [{ fact, event }] : [];
  });
  const client = await pool.connect();
  const expected = await stored(client);
  expect(expected).toHaveLength(history.flatMap(([, , ...events]) => events).length - 1);
  const shuffled = fc
    .tuple(fc.shuffledSubarray([...deliveries], { minLength: deliveries.length }), fc.subarray([...deliveries]))
    .map(([all, again]) => [...all, ...again]);
  await client.query('SET search_path = metrics');
  await fc.assert(
    fc.asyncProperty(shuffled, fc.integer({ min: 1, max: 50 }), async (events, size) => {
      await client.query('BEGIN; DELETE FROM facts_v3');
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

test('a hotfix is proposed to mend what was open when it started, until a person says so', async () => {
  const hotfix = crypto.randomUUID();
  const target = { serviceId: SERVICE, environmentId: PRODUCTION, wave: 1 };
  await slipway.append(
    'deployment',
    hotfix,
    {
      type: 'DeploymentRequested',
      data: { kind: 'hotfix', target, production: true, digests: [DIGEST], changeId: 'c2', deployer: AUTHOR },
    },
    { type: 'DeploymentStarted', data: { occurredAt: at('10:50') } },
  );
  await slipway.caughtUp();
  const ann = await slipway.as('ann@example.org', 'viewer');
  const open = '/v1/metrics/remediations?service=checkout&open=true';
  expect((await ann.get(open).expect(200)).body).toMatchObject({
    rules: 'first/1',
    items: [{ deploymentId: hotfix, proposed: [{ record: 'incident', recordId: 'i1' }, { recordId: 'd1' }] }],
  });
  const confirmed = { type: 'RemediationConfirmed', data: { record: 'incident', recordId: 'i1' } };
  await slipway.append('deployment', hotfix, confirmed);
  await slipway.caughtUp();
  expect((await ann.get(open).expect(200)).body).toMatchObject({ items: [] });
  expect((await ann.get('/v1/metrics/remediations').expect(200)).body).toMatchObject({
    items: [{ said: [{ record: 'incident', recordId: 'i1', verdict: 'confirmed' }], proposed: [{ recordId: 'd1' }] }],
  });
});
