import { Directory } from '@slipway/event-store';
import { type Client, type TestService, testService } from '@slipway/service/testing';
import pg from 'pg';
import { changeApproval } from '../module.ts';

/** A catalog, people with roles, and a release, as change-approval hears of them. */
export type Fixture = Readonly<{
  slipway: TestService;
  /** The pseudonym of somebody with an e-mail or account. */
  pseudonym: (alias: string) => Promise<string>;
  /** Registered, with the roles by the catalog, and a token with the same roles. */
  person: (name: string, roles: readonly string[], given?: Given) => Promise<Client>;
  /** A scheduled release with one artifact; answers its id. */
  release: (given?: Release) => Promise<string>;
  /** The change that was raised for a release. */
  changeOf: (client: Client, releaseId: string) => Promise<Change>;
  stop: () => Promise<void>;
}>;

type Given = Readonly<{
  kind?: 'person' | 'service-account';
  alsoKnownAs?: readonly string[];
  services?: readonly string[];
}>;
type Release = Readonly<{
  model?: string;
  author?: string;
  digest?: string;
  window?: Window;
  scheduledBy?: string;
  targets?: readonly (typeof target)[];
}>;
type Window = Readonly<{ start: string; end: string }>;
export type Change = Readonly<{ id: string; state: string; contentDigest: string }>;

export const CHECKOUT = 'service-checkout';
export const PRODUCTION = 'environment-production';
export const target = { serviceId: CHECKOUT, environmentId: PRODUCTION, wave: 1 };
export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

/** Around now, so that deployments are inside of it. */
export const windowAround = (minutesBefore = 60, minutesAfter = 240): Window => {
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  return { start: at(-minutesBefore), end: at(minutesAfter) };
};

export const startFixture = async (): Promise<Fixture> => {
  const slipway = await testService(changeApproval);
  const pool = new pg.Pool({ connectionString: slipway.databaseUrl('catalog'), max: 1 });
  const directory = new Directory(pool);
  const pseudonym = async (alias: string): Promise<string> => {
    const named = alias.includes(':') ? alias : `email:${alias}`;
    return (await directory.pseudonyms([named])).get(named) ?? '';
  };
  await catalog(slipway);
  return {
    slipway,
    pseudonym,
    person: async (name, roles, { kind = 'person', alsoKnownAs = [], services } = {}) => {
      const email = `${name}@example.org`;
      const who = await pseudonym(email);
      const others = await Promise.all(alsoKnownAs.map(pseudonym));
      await slipway.append('person', who.slice('person-'.length), {
        type: 'PersonRegistered',
        data: { kind, alsoKnownAs: others },
      });
      for (const role of roles)
        await slipway.append('roleGrant', `${role}-${name}`, {
          type: 'RoleGranted',
          data: { person: who, role, scope: services ? { services } : {}, from: '2026-01-01T00:00:00.000Z' },
        });
      return slipway.as(email, ...roles);
    },
    release: given => scheduled(slipway, pseudonym, given),
    changeOf: async (client, releaseId) => {
      await slipway.caughtUp();
      const { body } = await client.get('/v1/changes').query({ pageSize: 200 }).expect(200);
      const row = body.items.find(({ releaseIds }: { releaseIds: string[] }) => releaseIds.includes(releaseId));
      return (await client.get(`/v1/changes/${row.id}`).expect(200)).body;
    },
    stop: async () => {
      await pool.end();
      await slipway.stop();
    },
  };
};

const catalog = async (slipway: TestService): Promise<void> => {
  const stated = { title: 'x', ownerTeam: 'shop', repositories: [], alertLabels: [], aliases: [] };
  await slipway.append('service', CHECKOUT, {
    type: 'ServiceRegistered',
    data: { ...stated, name: 'checkout', criticality: 'high', dependencies: [] },
  });
  await slipway.append('service', 'service-shop', {
    type: 'ServiceRegistered',
    data: { ...stated, name: 'shop', criticality: 'medium', dependencies: [{ serviceId: CHECKOUT, kind: 'service' }] },
  });
  for (const [name, tier] of [
    ['production', 'production'],
    ['staging', 'staging'],
  ] as const)
    await slipway.append('environment', `environment-${name}`, {
      type: 'EnvironmentRegistered',
      data: {
        name,
        title: name,
        tier,
        region: 'eu-1',
        timeZone: 'Europe/Berlin',
        aliases: [],
        openness: 'always-open',
      },
    });
};

export const attached = (letter: string, author: string) => ({
  type: 'ArtifactAttached',
  data: {
    artifact: {
      serviceId: CHECKOUT,
      version: '2.4.0',
      purl: 'pkg:oci/checkout@2.4.0',
      digest: digest(letter),
      repository: 'shop/checkout',
      commits: [{ sha: 'b'.repeat(40), author, committedAt: '2026-03-01T09:00:00.000Z' }],
    },
  },
});

const scheduled = async (
  slipway: TestService,
  pseudonym: (alias: string) => Promise<string>,
  {
    model = 'normal',
    author = 'github:dana',
    digest: letter = 'a',
    window = windowAround(),
    scheduledBy = 'rita@example.org',
    targets = [target],
  }: Release = {},
): Promise<string> => {
  const id = crypto.randomUUID();
  const owner = await pseudonym(scheduledBy);
  const plan = { steps: 'sealed:v1:x', digest: digest('f'), backoutMinutes: 30, triggers: [] };
  await slipway.append(
    'release',
    id,
    { type: 'ReleaseDrafted', data: { title: 'Checkout 2.4', class: 'minor', owner, changeModel: model } },
    attached(letter, await pseudonym(author)),
    { type: 'RollbackPlanRegistered', data: { plan } },
    { type: 'ReleaseScheduled', data: { actor: owner, window, targets } },
  );
  return id;
};
