import { testService, type TestService } from '@slipway/service/testing';
import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import supertest from 'supertest';
import { catalog, release } from './examples.ts';
import { deploymentExecution } from './module.ts';

const SECRET = 'a secret for the tests';
type Sent = Readonly<{ tool: string; kind: string; name: string; bytes: Buffer }>;

// Our own, and whatever a folder of the same shape has in addition.
const FOLDERS = [fileURLToPath(new URL('../fixtures', import.meta.url)), process.env['WEBHOOK_SAMPLES'] ?? ''];

const messages: readonly Sent[] = FOLDERS.flatMap(folder =>
  ['github', 'gitlab'].flatMap(tool => {
    const within = join(folder, tool);
    if (folder === '' || !existsSync(within)) return [];
    return readdirSync(within).map(name => ({
      tool,
      name,
      kind: name.slice(0, name.indexOf('.')),
      bytes: readFileSync(join(within, name)),
    }));
  }),
);

beforeAll(() => {
  process.env['GITHUB_WEBHOOK_SECRET'] = SECRET;
  process.env['GITLAB_WEBHOOK_TOKEN'] = SECRET;
});
afterAll(() => {
  delete process.env['GITHUB_WEBHOOK_SECRET'];
  delete process.env['GITLAB_WEBHOOK_TOKEN'];
});

const send = async (slipway: TestService, { tool, kind, name, bytes }: Sent): Promise<void> => {
  const signature = `sha256=${createHmac('sha256', SECRET).update(bytes).digest('hex')}`;
  const headers: Record<string, string> =
    tool === 'github'
      ? { 'x-github-event': kind, 'x-github-delivery': name, 'x-hub-signature-256': signature }
      : { 'x-gitlab-token': SECRET };
  await supertest(slipway.url)
    .post(`/v1/deployments/hooks/${tool}`)
    .set({ 'content-type': 'application/json', ...headers })
    .serialize(each => each as string)
    .send(bytes)
    .expect(202);
};

const TEST = '00000000-0000-8000-8000-0000000000b1';
const octo = async (slipway: TestService): Promise<void> => {
  await slipway.append('environment', TEST, {
    type: 'EnvironmentRegistered',
    data: {
      name: 'test',
      title: 'Test',
      tier: 'test',
      region: 'eu',
      timeZone: 'Europe/Berlin',
      openness: 'always-open',
      aliases: ['github-pages', 'octo-org/octo-repo/.github/workflows/test.yml'],
    },
  });
  await slipway.append('service', '00000000-0000-8000-8000-0000000000b2', {
    type: 'ServiceRegistered',
    data: {
      name: 'octo',
      title: 'Octo',
      ownerTeam: 'octo',
      criticality: 'low',
      repositories: ['octo-org/octo-repo', 'root/test-deployment-webhooks'],
      alertLabels: [],
      aliases: [],
      dependencies: [],
    },
  });
};

const OF_THE_ORDER = new Set(['version', 'number', 'deployer', 'position']);
type Row = Readonly<Record<string, unknown>>;

/** What is there after these messages: all but who (a pseudonym is of its directory) and in which order. */
const recordsAfter = async (sent: readonly Sent[]) => {
  const slipway = await testService(deploymentExecution);
  try {
    await catalog(slipway, 'Codertocat/Hello-World');
    await octo(slipway);
    await release(slipway, 2, 'codertocat/hello-world', 'f95f852bd8fca8fcc58a9a2d6c842781e32a215e');
    await slipway.caughtUp();
    for (const message of sent) await send(slipway, message);
    await slipway.caughtUp();
    const rita = await slipway.as('rita@example.org', 'release-manager');
    const items = async (path: string): Promise<readonly Row[]> => {
      const { body } = await rita.get(path).expect(200);
      const { items: rows, services } = body as { items?: readonly Row[]; services?: readonly Row[] };
      return (rows ?? services ?? [])
        .map(row => Object.fromEntries(Object.entries(row).filter(([name]) => !OF_THE_ORDER.has(name))))
        .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    };
    return {
      runs: await items('/v1/pipelines/runs?pageSize=200'),
      deployments: await items('/v1/deployments?pageSize=200'),
      production: await items('/v1/environments/production-eu/running'),
      test: await items('/v1/environments/test/running'),
    };
  } finally {
    await slipway.stop();
  }
};

/** The same order for the same seed. */
const shuffled = (sent: readonly Sent[], seed: number): readonly Sent[] =>
  sent
    .map(message => ({ message, key: createHmac('sha256', String(seed)).update(message.bytes).digest('hex') }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ message }) => message);

it('all messages leave the same records: in order, in any order, and each twice', async () => {
  const inOrder = await recordsAfter(messages);
  expect(inOrder.runs.map(({ state }) => state)).toEqual(['matched', 'matched', 'matched', 'matched']);
  const states = inOrder.deployments.map(({ state }) => state);
  expect(states.filter(state => state === 'Succeeded')).toHaveLength(3);
  expect(states.filter(state => state === 'Running')).toHaveLength(1);
  const backwards = messages.toReversed();
  expect(await recordsAfter(backwards.flatMap(message => [message, message]))).toEqual(inOrder);
  for (const seed of [1, 2, 3]) expect(await recordsAfter(shuffled([...messages, ...messages], seed))).toEqual(inOrder);
}, 120_000);
