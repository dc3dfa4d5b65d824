import { PostgresEventStore } from '@slipway/event-store';
import { testService, type Client, type TestService } from '@slipway/service/testing';
import pg from 'pg';
import { metrics } from '../module.ts';
import { releaseFacts } from '../pages/release.example.ts';
import { contentSecurityPolicy } from '../pages/style.ts';

let slipway: TestService;
let ann: Client;
const names = { service: 'checkout', title: 'Checkout <2.4>' };

beforeAll(async () => {
  slipway = await testService(metrics);
  for (const [stream, facts] of Map.groupBy(releaseFacts(names), fact => fact.stream)) {
    const cut = stream.indexOf('-');
    const events = facts.map(({ type, data }) => ({ type, data: { ...MORE[type], ...data } }));
    await slipway.append(stream.slice(0, cut), stream.slice(cut + 1), ...events);
  }
  await numbered('planning', 'release-r1', 'REL');
  await numbered('change-approval', 'change-c1', 'CHG');
  await slipway.caughtUp();
  ann = await slipway.as('ann@example.org', 'viewer');
});
afterAll(() => slipway.stop());

/** Gives a record its number, as the service that it belongs to. */
const numbered = async (service: string, stream: string, prefix: string): Promise<void> => {
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl(service), max: 1 });
  await new PostgresEventStore(pool).number(stream, prefix);
  await pool.end();
};

/** What events have and no measure keeps. */
const MORE: Readonly<Record<string, object>> = {
  DeploymentRequested: { deployer: 'person-0198c1a0-1000-7000-8000-000000000004' },
  DeploymentRolledBack: { rollbackDeploymentId: 'd4' },
};

const MARCH = 'period=2026-03&zone=Europe/Berlin';

describe.each([
  ['delivery', `/v1/reports/delivery?${MARCH}`],
  ['executive', '/v1/reports/executive?month=2026-03&zone=Europe/Berlin'],
  ['release', '/v1/reports/releases/r1?zone=Europe/Berlin'],
])('a %s report', (name, path) => {
  test('is JSON unless something else is asked for', async () => {
    for (const accept of ['*/*', 'application/json', 'text/plain;q=0.1, application/json']) {
      const answer = await ann.get(path).set('Accept', accept).expect(200);
      expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
      expect(answer.headers['vary']).toContain('Accept');
      expect(String((answer.body as { position: number }).position)).toBe(answer.headers['slipway-position']);
    }
  });

  test('is a page for a browser, which may load nothing and keep it until it changes', async () => {
    const { headers, text } = await ann
      .get(path)
      .set('Accept', 'text/html,application/xhtml+xml,*/*;q=0.8')
      .expect(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `${contentSecurityPolicy}; frame-ancestors 'none'`,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'private, no-cache',
    });
    expect(text).toMatch(/^<!doctype html>/);
    expect(headers['slipway-position']).toMatch(/^\d+$/);
    const { text: again } = await ann.get(`${path}&format=html`).set('Accept', 'application/json').expect(200);
    expect(again.startsWith('<!doctype html>')).toBe(true);
  });

  test('is refused in what it cannot be had as', async () => {
    const { body } = await ann.get(path).set('Accept', 'image/png').expect(406);
    expect(body).toMatchObject({ code: 'not-acceptable' });
    expect((await ann.get(`${path}&format=pdf`).expect(400)).body).toMatchObject({ code: 'invalid-fields' });
    const csv = await ann.get(path).set('Accept', 'text/csv');
    expect([csv.status, csv.headers['content-type']]).toEqual(
      name === 'release' ? [406, 'application/problem+json; charset=utf-8'] : [200, 'text/csv; charset=utf-8'],
    );
  });

  test('asks for a token, a permission and a zone that there is', async () => {
    const nobody = await slipway.as('nobody@example.org');
    await nobody.get(path).expect(403);
    const zone = await ann.get(path.replace('Europe/Berlin', 'Mars/Olympus')).expect(400);
    expect(zone.body).toMatchObject({ code: 'invalid-fields' });
    expect((await ann.get(`${path}&position=999999`).expect(400)).body).toMatchObject({ code: 'unknown-position' });
  });
});

test('a page that did not change is not sent again', async () => {
  const path = `/v1/reports/delivery?${MARCH}&format=html`;
  const first = await ann.get(path).expect(200);
  const same = await ann.get(path).set('If-None-Match', first.headers['etag']!).expect(304);
  expect(same.text).toBe('');
  const other = await ann.get(`${path}&compare=true`).set('If-None-Match', first.headers['etag']!).expect(200);
  expect(other.headers['etag']).not.toBe(first.headers['etag']);
});

type Executive = Readonly<{
  month: string;
  position: number;
  figures: readonly Readonly<{ measure: string; value: number | null; numerator: number; denominator: number }>[];
  trend: readonly Readonly<{ period: string }>[];
  services: readonly Readonly<{ name: string }>[];
  teams: readonly Readonly<{ name: string }>[];
}>;

test('the report of a month has its figures, twelve months, teams and services, of one position', async () => {
  const { body } = await ann.get('/v1/reports/executive?month=2026-03&zone=Europe/Berlin').expect(200);
  const { figures, trend, services, teams } = body as Executive;
  // In a blend the content of c1 counts once, for both of its services.
  expect(figures.find(({ measure }) => measure === 'change-fail-rate')).toMatchObject({ value: 1 / 2, denominator: 2 });
  expect(trend).toHaveLength(12);
  expect([trend[0]?.period, trend.at(-1)?.period]).toEqual(['2025-04', '2026-03']);
  expect(services.map(({ name }) => name)).toEqual(['checkout', 'payments']);
  expect(teams.map(({ name }) => name)).toEqual(['bank', 'shop']);
  const bank = await ann.get('/v1/reports/executive?month=2026-03&team=bank').expect(200);
  expect(bank.body).toMatchObject({ team: 'bank', teams: [], services: [{ name: 'payments' }] });
  expect((await ann.get('/v1/reports/executive').expect(200)).body).toMatchObject({
    month: expect.stringMatching(/^\d{4}-\d{2}$/),
  });
  await ann.get('/v1/reports/executive?month=2026-13').expect(400);
  await ann.get('/v1/reports/executive?team=nobody').expect(404);
});

test('the summary of a release is found by id and by number, and asks for all of its services', async () => {
  const { body } = await ann.get('/v1/reports/releases/r1').expect(200);
  expect(body).toMatchObject({
    id: 'r1',
    number: 'REL-1',
    title: names.title,
    numbers: { 'release-r1': 'REL-1', 'change-c1': 'CHG-1' },
    rollouts: [{ runs: [{ deploymentId: 'd1' }, { deploymentId: 'd2' }] }, { runs: [{ deploymentId: 'd3' }] }],
    incidents: [{ incidentId: 'i1' }, { incidentId: 'i2' }],
  });
  expect((await ann.get('/v1/reports/releases/REL-1').expect(200)).body).toMatchObject({ id: 'r1' });
  const { text } = await ann.get('/v1/reports/releases/REL-1?format=html').expect(200);
  expect(text).toContain('Checkout &lt;2.4&gt;');
  for (const unknown of ['nothing', 'REL-99', 'a b'])
    expect((await ann.get(`/v1/reports/releases/${unknown}`).expect(404)).body).toMatchObject({ code: 'not-found' });
});

test('who has limits sees a release when every service of it is within them', async () => {
  const [person] = await slipway.host.running[0]!.service.pseudonyms(['email:lim@example.org']);
  const granted = (...services: readonly string[]) =>
    slipway.append('roleGrant', crypto.randomUUID(), {
      type: 'RoleGranted',
      data: {
        person,
        role: 'viewer',
        scope: { services },
        from: '2026-01-01T00:00:00.000Z',
      },
    });
  const lim = await slipway.as('lim@example.org');
  await granted('payments');
  for (const format of ['json', 'html'])
    expect((await lim.get(`/v1/reports/releases/r1?format=${format}`).expect(403)).body).toMatchObject({
      code: 'outside-scope',
    });
  for (const report of ['delivery', 'executive'])
    await lim.get(`/v1/reports/${report}?environment=frankfurt&format=html`).expect(403);
  await granted('checkout');
  await lim.get('/v1/reports/releases/r1?format=html').expect(200);
});

test('what is offered is described', async () => {
  const { body } = await ann.get('/openapi.json').expect(200);
  const { paths } = body as { paths: Record<string, { get: { responses: Record<string, { content?: object }> } }> };
  const offered = (path: string): readonly string[] => Object.keys(paths[path]!.get.responses['200']!.content ?? {});
  expect(offered('/v1/reports/delivery')).toEqual(['application/json', 'text/csv', 'text/html']);
  expect(offered('/v1/reports/executive')).toEqual(['application/json', 'text/csv', 'text/html']);
  expect(offered('/v1/reports/releases/{id}')).toEqual(['application/json', 'text/html']);
  for (const path of ['/v1/reports/delivery', '/v1/reports/executive', '/v1/reports/releases/{id}'])
    expect(Object.keys(paths[path]!.get.responses)).toEqual(expect.arrayContaining(['304', '406']));
});
