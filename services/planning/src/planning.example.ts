import { type Client, type TestService, testService } from '@slipway/service/testing';
import { digest } from './domain/example.ts';
import { planning } from './module.ts';

// Planning with a catalog: `checkout` of the team `shop`, `staging`, and `eu`, which is in production.

export type Stage = Readonly<{ slipway: TestService; rita: Client; viewer: Client }>;
export type Shown = Readonly<{ id: string; number: string; version: number; state: string; contentDigest: string }>;

export const window = { start: '2026-03-03T20:00:00+01:00', end: '2026-03-03T22:00:00+01:00' };
export const inUtc = { start: '2026-03-03T19:00:00.000Z', end: '2026-03-03T21:00:00.000Z' };
export const targets = [
  { service: 'checkout', environment: 'staging' },
  { service: 'checkout', environment: 'eu', wave: 2 },
];

const service = (name: string, ownerTeam: string) => ({
  type: 'ServiceRegistered',
  data: {
    name,
    title: name,
    ownerTeam,
    criticality: 'high',
    repositories: [],
    alertLabels: [],
    aliases: [],
    dependencies: [],
  },
});
const environment = (name: string, tier: string) => ({
  type: 'EnvironmentRegistered',
  data: { name, title: name, tier, region: 'eu', timeZone: 'Europe/Berlin', aliases: [], openness: 'always-open' },
});

export const stage = async (): Promise<Stage> => {
  const slipway = await testService(planning);
  await slipway.append('service', 'service-1', service('checkout', 'shop'));
  await slipway.append('service', 'service-2', service('cart', 'basket'));
  await slipway.append('environment', 'environment-1', environment('staging', 'staging'));
  await slipway.append('environment', 'environment-2', environment('eu', 'production'));
  const rita = await slipway.as('rita@example.org', 'release-manager');
  return { slipway, rita, viewer: await slipway.as('vic@example.org', 'viewer') };
};

export const artifactOf = (name: string, letter = 'a') => ({
  service: name,
  version: '2.4.0',
  purl: 'pkg:oci/checkout@2.4.0',
  digest: digest(letter),
  repository: 'example/checkout',
  commits: [{ sha: 'b'.repeat(40), author: 'Ann@Example.org', committedAt: '2026-02-27T16:04:05+01:00' }],
  pullRequests: [{ key: '311', firstCommitAt: '2026-02-26T10:30:00+01:00', mergedAt: '2026-02-27T16:04:05+01:00' }],
  builtBy: 'github:build-bot',
});

export const drafted = async (by: Client, title = 'Checkout 2.4', more: object = {}): Promise<Shown> =>
  (await by.post('/v1/releases', { title, class: 'minor', ...more }).expect(201)).body;

export const planned = async (by: Client, title?: string): Promise<Shown> => {
  const { id } = await drafted(by, title);
  await by.post(`/v1/releases/${id}/attach-artifact`, artifactOf('checkout')).expect(200);
  return (await by.post(`/v1/releases/${id}/schedule`, { window, targets }).expect(200)).body;
};

/** A change of it, authorized for its content. */
export const authorize = async (slipway: TestService, release: Shown): Promise<string> => {
  const { id, contentDigest } = release;
  const changeId = crypto.randomUUID();
  const content = { scope: [], artifacts: [], targets: [] };
  const proposal = { content, contentDigest, window: inUtc, commitAuthors: [], builders: [] };
  const of = { releaseIds: [id], serviceIds: ['service-1'], title: 'Checkout', model: 'normal' };
  const until = { notBefore: inUtc.start, notAfter: inUtc.end };
  const envelope = { contentDigest, targets: [], ...until, riskLevel: 'low', model: 'normal' };
  await slipway.append(
    'change',
    changeId,
    { type: 'ChangeRaised', data: { ...of, ...proposal, requester: 'process-x' } },
    { type: 'ChangeAuthorized', data: { envelope, authorization: 'approved' } },
  );
  await slipway.caughtUp();
  return changeId;
};
