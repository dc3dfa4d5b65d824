import { type Client, testService, type TestService } from '@slipway/service/testing';
import { catalog, decide, digest } from './examples.ts';
import { deploymentExecution } from './module.ts';

type Record = Readonly<{ id: string } & { [field: string]: unknown }>;

let slipway: TestService;
let bot: Client;

beforeAll(async () => {
  slipway = await testService(deploymentExecution);
  bot = await slipway.as('deploy-bot', 'deployer');
  await catalog(slipway, 'acme/checkout');
});
afterAll(() => slipway.stop());

const post = async (path: string, body?: object, status = 200): Promise<Record> =>
  (await bot.post(`/v1/deployments${path}`, body).expect(status)).body as Record;
const read = async (id: string): Promise<Record> => (await bot.get(`/v1/deployments/${id}`).expect(200)).body as Record;
const ago = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString();
const request = async (other: object): Promise<string> => {
  const body = { service: 'checkout', environment: 'staging', digests: [digest('1')], ...other };
  const { id } = await post('', body, 201);
  await decide(slipway, id, 'allow');
  return id;
};

describe('a deployment with a plan', () => {
  const steps = [
    { step: 'migrate', plannedSeconds: 60, maxErrors: 1 },
    { step: 'point DNS', plannedSeconds: 900, cutover: { via: 'dns', settleSeconds: 300 } },
  ];
  let id: string;

  it('shows how far it is, how long that took, and what went wrong', async () => {
    id = await request({ steps });
    await post(`/${id}/start`, { occurredAt: ago(300) });
    await post(`/${id}/steps/migrate/start`, { occurredAt: ago(300) });
    await post(`/${id}/steps/migrate/report`, { percent: 40, errors: 1, occurredAt: ago(200) });
    await post(`/${id}/steps/migrate/report`, { percent: 10, occurredAt: ago(250) });
    await post(`/${id}/steps/migrate/report`, { percent: 90, errors: 2, occurredAt: ago(150) });
    expect(await read(id)).toMatchObject({
      plannedSeconds: 960,
      elapsedSeconds: expect.closeTo(300, -1) as number,
      steps: [
        {
          step: 'migrate',
          state: 'running',
          percent: 90,
          errors: 2,
          maxErrors: 1,
          thresholdExceededAt: expect.any(String) as string,
          elapsedSeconds: expect.closeTo(300, -1) as number,
          overdueSeconds: expect.closeTo(240, -1) as number,
        },
        { step: 'point DNS', state: 'planned', plannedSeconds: 900 },
      ],
    });
  });

  it('moves the traffic in a step of its own', async () => {
    await post(`/${id}/steps/point DNS/start`);
    const switchedAt = ago(10);
    const { steps: shown } = await post(`/${id}/steps/point DNS/switch`, { occurredAt: switchedAt });
    expect(shown).toMatchObject([
      {},
      { cutover: { via: 'dns', switchedAt, settledAt: new Date(Date.parse(switchedAt) + 300_000).toISOString() } },
    ]);
    expect(await post(`/${id}/steps/migrate/switch`, {}, 409)).toMatchObject({ code: 'not-a-cutover' });
    expect(await post(`/${id}/steps/migrate/switch`, { via: 'fax' }, 400)).toMatchObject({ code: 'invalid-fields' });
  });

  it('has its logs elsewhere', async () => {
    const url = 'https://ci.example/jobs/796/log?for=ann';
    await post(`/${id}/link-log`, { url, step: 'migrate', digest: digest('2'), mediaType: 'text/plain' });
    expect(await read(id)).toMatchObject({
      logs: [{ url, step: 'migrate', digest: digest('2'), mediaType: 'text/plain' }],
    });
    const told = JSON.stringify(await slipway.events(`deployment-${id}`));
    expect(told).not.toContain('ci.example');
    expect(await post(`/${id}/link-log`, { url: 'file:///etc/passwd' }, 400)).toMatchObject({ code: 'invalid-fields' });
  });

  it('may be planned anew, and bounded', async () => {
    await post(`/${id}/plan-steps`, { steps: steps.slice(0, 1) });
    expect((await read(id))['steps']).toHaveLength(2);
    expect(await post(`/${id}/plan-steps`, { steps: [...steps, ...steps] }, 409)).toMatchObject({
      code: 'duplicate-step',
    });
    const many = Array.from({ length: 201 }, (_, index) => ({ step: `step ${index}` }));
    expect(await post(`/${id}/plan-steps`, { steps: many }, 400)).toMatchObject({ code: 'invalid-fields' });
    await post(`/${id}/fail`, { reason: 'Enough' });
  });
});

describe('a deployment that states its base', () => {
  const finish = async (id: string): Promise<void> => {
    for (const action of ['start', 'took-traffic', 'finish']) await post(`/${id}/${action}`);
    await post(`/${id}/verify`, { outcome: 'passed' });
  };

  it('starts on that only', async () => {
    const environment = 'production-eu';
    await finish(await request({ environment, baseDigests: [] }));
    const between = ago(0);
    const [late, early] = await Promise.all([
      request({ environment, digests: [digest('3')], baseDigests: [digest('1')] }),
      request({ environment, digests: [digest('2')], baseDigests: [digest('1')] }),
    ]);
    await finish(early);
    expect(await read(late)).toMatchObject({ baseDigests: [digest('1')] });
    expect(await post(`/${late}/start`, {}, 409)).toMatchObject({ code: 'base-changed' });
    await post(`/${late}/cancel`, { reason: 'It is another base by now' });
    await slipway.caughtUp();
    const running = async (query: string) =>
      ((await bot.get(`/v1/environments/production-eu/running${query}`).expect(200)).body as Record)['services'];
    expect(await running('')).toMatchObject([{ digests: [digest('2')] }]);
    expect(await running(`?at=${between}`)).toMatchObject([{ service: 'checkout', digests: [digest('1')] }]);
    expect(await running(`?at=${ago(3_600)}`)).toEqual([]);
    expect(await running(`?at=${ago(-3_600)}`)).toMatchObject([{ digests: [digest('2')] }]);
    await bot.get('/v1/environments/production-eu/running?at=yesterday').expect(400);
  });

  it('may run elsewhere too', async () => {
    const compare = async (query = '') =>
      (await bot.get(`/v1/environments/production-eu/compare/staging${query}`).expect(200)).body as Record;
    expect(await compare()).toMatchObject({
      here: { environment: 'production-eu' },
      there: { environment: 'staging' },
      services: [{ service: 'checkout', outcome: 'only-here', here: { digests: [digest('2')] } }],
    });
    await finish(await request({ digests: [digest('2')] }));
    await slipway.caughtUp();
    expect(await compare()).toMatchObject({
      services: [{ outcome: 'same', there: { since: expect.any(String) as string } }],
    });
    await finish(await request({ digests: [digest('3')] }));
    await slipway.caughtUp();
    expect(await compare()).toMatchObject({ services: [{ outcome: 'different' }] });
    expect(await compare(`?at=${ago(3_600)}`)).toMatchObject({ services: [] });
    await bot.get('/v1/environments/production-eu/compare/nowhere').expect(404);
  });
});
