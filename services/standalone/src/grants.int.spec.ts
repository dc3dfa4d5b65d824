import 'reflect-metadata';
import { audit } from '@slipway/audit';
import { catalog } from '@slipway/catalog';
import { changeApproval } from '@slipway/change-approval';
import { deploymentExecution } from '@slipway/deployment-execution';
import { incidentCorrelation } from '@slipway/incident-correlation';
import { planning } from '@slipway/planning';
import { type Client, type TestService, testService } from '@slipway/service/testing';

// Who may do what where: every role × scope × command × target, against an oracle that knows nothing of how it is done.

type Target = Readonly<{ service: string; environment: string }>;
type Place = Partial<Target>;

const TARGETS: readonly Target[] = ['checkout', 'payment'].flatMap(service =>
  ['staging', 'production'].map(environment => ({ service, environment })),
);

const WRITES: Readonly<Record<string, readonly string[]>> = {
  viewer: [],
  'release-manager': ['comments:write', 'releases:write', 'changes:write', 'decisions:ask'],
  'change-approver': ['comments:write'],
  deployer: ['comments:write', 'deployments:write', 'decisions:ask'],
  'incident-responder': ['comments:write', 'incidents:write'],
  auditor: ['comments:write'],
  integration: [
    'comments:write',
    'releases:write',
    'changes:write',
    'deployments:write',
    'decisions:ask',
    'incidents:write',
  ],
  administrator: ['comments:write', 'catalog:write'],
};

/** What is said when it is granted, and what it means. */
const SCOPES: Readonly<Record<string, Readonly<{ said: object | undefined; reaches: (place: Place) => boolean }>>> = {
  nothing: { said: undefined, reaches: () => false },
  everything: { said: {}, reaches: () => true },
  'a service': { said: { services: ['checkout'] }, reaches: ({ service = 'checkout' }) => service === 'checkout' },
  'an application': { said: { applications: ['shop'] }, reaches: ({ service = 'checkout' }) => service === 'checkout' },
  'a team': { said: { teams: ['web'] }, reaches: ({ service = 'checkout' }) => service === 'checkout' },
  'an environment': {
    said: { environments: ['staging'] },
    reaches: ({ environment = 'staging' }) => environment === 'staging',
  },
  'a service in an environment': {
    said: { services: ['checkout'], environments: ['staging'] },
    reaches: ({ service = 'checkout', environment = 'staging' }) => service === 'checkout' && environment === 'staging',
  },
  'another service': { said: { services: ['payment'] }, reaches: ({ service = 'payment' }) => service === 'payment' },
};

type Command = Readonly<{
  permission: string;
  /** What of the target it is about. */
  at: (target: Target) => Place;
  ask: (client: Client, target: Target) => Promise<{ status: number }>;
}>;

const mayDo = (role: string, scope: string, { permission, at }: Command, target: Target): boolean =>
  (permission.endsWith(':read') || (WRITES[role] ?? []).includes(permission)) &&
  (SCOPES[scope]?.reaches(at(target)) ?? false);

const DIGEST = `sha256:${'a'.repeat(64)}`;
/** A matter of all of them, whatever else it is about. */
const ALL = '*';
const whole = (target: Target): Place => target;
const records = new Map<string, string>();
const recordOf = (kind: string, { service, environment }: Target): string =>
  records.get(`${kind} ${service} ${environment}`) ?? '';

const COMMANDS: Readonly<Record<string, Command>> = {
  'read a release': {
    permission: 'releases:read',
    at: whole,
    ask: (client, target) => client.get(`/v1/releases/${recordOf('release', target)}`),
  },
  'read its events': {
    permission: 'releases:read',
    at: whole,
    ask: (client, target) => client.get(`/v1/releases/${recordOf('release', target)}/events`),
  },
  'label a release': {
    permission: 'releases:write',
    at: whole,
    ask: (client, target) => client.patch(`/v1/releases/${recordOf('release', target)}`, { labels: ['seen'] }),
  },
  'comment on a change': {
    permission: 'comments:write',
    at: whole,
    ask: (client, target) => client.post(`/v1/changes/${recordOf('change', target)}/comment`, { text: 'Seen.' }),
  },
  'request a deployment': {
    permission: 'deployments:write',
    at: whole,
    ask: (client, target) => client.post('/v1/deployments', { ...target, digests: [DIGEST] }),
  },
  'ask for a decision': {
    permission: 'decisions:ask',
    at: whole,
    ask: (client, target) =>
      client.post('/v1/decisions/preview', { ...target, digests: [DIGEST], deployer: 'dora@example.org' }),
  },
  'open an incident': {
    permission: 'incidents:write',
    at: whole,
    ask: (client, { service, environment }) =>
      client.post('/v1/incidents', { title: 'Slow', severity: 'low', services: [service], environment }),
  },
  'describe a service': {
    permission: 'catalog:write',
    at: ({ service }) => ({ service, environment: ALL }),
    ask: (client, { service }) => client.patch(`/v1/services/${service}`, { labels: ['seen'] }),
  },
  'describe an environment': {
    permission: 'catalog:write',
    at: ({ environment }) => ({ service: ALL, environment }),
    ask: (client, { environment }) => client.patch(`/v1/environments/${environment}`, { labels: ['seen'] }),
  },
  'grant a role': {
    permission: 'catalog:write',
    at: whole,
    ask: (client, { service, environment }) =>
      client.post('/v1/role-grants', {
        person: 'vera@example.org',
        role: 'viewer',
        services: [service],
        environments: [environment],
      }),
  },
};

let slipway: TestService;
let ada: Client;

const register = (email: string) => ada.post('/v1/people', { name: email.split('@')[0] ?? '', email }).expect(201);
const grant = async (person: string, role: string, scope: object): Promise<string> =>
  (await ada.post('/v1/role-grants', { person, role, ...scope }).expect(201)).body.id;

/** A token says who it is, and nothing of what may be done. */
const holding = async (role: string, scope: string): Promise<Client> => {
  const person = `${role}.${scope.replaceAll(' ', '-')}@example.org`;
  const said = SCOPES[scope]?.said;
  await register(person);
  if (said) await grant(person, role, said);
  return slipway.as(person);
};

beforeAll(async () => {
  slipway = await testService(catalog, planning, changeApproval, deploymentExecution, incidentCorrelation, audit);
  ada = await slipway.as('ada@example.org', 'administrator', 'release-manager');
  for (const [name, ownerTeam] of [
    ['checkout', 'web'],
    ['payment', 'money'],
  ] as const) {
    await ada.post('/v1/teams', { name: ownerTeam, title: ownerTeam }).expect(201);
    await ada.post('/v1/services', { name, title: name, ownerTeam, criticality: 'high' }).expect(201);
  }
  for (const [name, tier] of [
    ['staging', 'staging'],
    ['production', 'production'],
  ])
    await ada.post('/v1/environments', { name, title: name, tier, region: 'eu', timeZone: 'UTC' }).expect(201);
  await ada
    .post('/v1/applications', { name: 'shop', title: 'Shop', ownerTeam: 'web', services: ['checkout'] })
    .expect(201);
  await register('vera@example.org');
  await slipway.caughtUp();
  for (const target of TARGETS) await prepare(target);
});
afterAll(() => slipway.stop());

const prepare = async ({ service, environment }: Target): Promise<void> => {
  const { body: release } = await ada.post('/v1/releases', { title: 'Seen', class: 'minor' }).expect(201);
  const window = { start: '2031-03-02T10:00:00Z', end: '2031-03-02T12:00:00Z' };
  await ada
    .post(`/v1/releases/${release.id}/attach-artifact`, {
      service,
      version: '1.0.0',
      purl: `pkg:oci/${service}@${DIGEST}`,
      digest: DIGEST,
      repository: `example/${service}`,
      commits: [],
    })
    .expect(200);
  await ada
    .post(`/v1/releases/${release.id}/schedule`, { window, targets: [{ service, environment, wave: 1 }] })
    .expect(200);
  await slipway.caughtUp();
  const { body: changes } = await ada.get(`/v1/changes?release=${release.id}`).expect(200);
  records.set(`release ${service} ${environment}`, release.id);
  records.set(`change ${service} ${environment}`, changes.items[0].id);
};

describe.each(Object.keys(WRITES))('the role %s', role => {
  test.each(Object.keys(SCOPES))('of %s does what the oracle says, and sees it', async scope => {
    const client = await holding(role, scope);
    for (const [name, command] of Object.entries(COMMANDS))
      for (const target of TARGETS) {
        const { status } = await command.ask(client, target);
        const isAllowed = mayDo(role, scope, command, target);
        expect([name, target, status < 500, status !== 403]).toEqual([name, target, true, isAllowed]);
      }
    const listed = TARGETS.filter(target => SCOPES[scope]?.reaches(target)).map(target => recordOf('release', target));
    const { status, body } = await client.get('/v1/releases?label=seen&pageSize=200');
    expect(status === 403 ? [] : body.items.map(({ id }: { id: string }) => id).sort()).toEqual(
      (await isLabelled(listed)).sort(),
    );
    const found = await client.get('/v1/search?category=release&q=seen&pageSize=200');
    expect(found.status === 403 ? [] : found.body.items.map(({ id }: { id: string }) => id).sort()).toEqual(
      listed.sort(),
    );
  });
});

const isLabelled = async (ids: readonly string[]): Promise<string[]> => {
  const { body } = await ada.get('/v1/releases?label=seen&pageSize=200').expect(200);
  return body.items.map(({ id }: { id: string }) => id).filter((id: string) => ids.includes(id));
};

describe('a grant', () => {
  test('that is revoked is gone at the next call', async () => {
    await register('rolf@example.org');
    const rolf = await slipway.as('rolf@example.org');
    const open = () => rolf.post('/v1/incidents', { title: 'Slow', severity: 'low', services: ['checkout'] });
    expect((await open()).body.code).toBe('not-permitted');
    const id = await grant('rolf@example.org', 'incident-responder', {});
    await open().expect(201);
    await ada.post(`/v1/role-grants/${id}/revoke`).expect(200);
    expect((await open()).body).toMatchObject({ status: 403, code: 'not-permitted', permission: 'incidents:write' });
  });

  test('of a team goes with what the team owns', async () => {
    await register('tina@example.org');
    await grant('tina@example.org', 'incident-responder', { teams: ['money'] });
    const tina = await slipway.as('tina@example.org');
    const open = () => tina.post('/v1/incidents', { title: 'Slow', severity: 'low', services: ['checkout'] });
    expect((await open()).body.code).toBe('outside-scope');
    const owned = (ownerTeam: string) =>
      ada.put('/v1/services/checkout', { title: 'checkout', ownerTeam, criticality: 'high' }).expect(200);
    await owned('money');
    await open().expect(201);
    await owned('web');
    expect((await open()).body.code).toBe('outside-scope');
  });

  test('of some actions gives these only', async () => {
    await register('remi@example.org');
    await grant('remi@example.org', 'release-manager', { actions: ['comments:write', 'changes:read'] });
    const remi = await slipway.as('remi@example.org');
    const [target] = TARGETS;
    const change = target && recordOf('change', target);
    await remi.post(`/v1/changes/${change}/comment`, { text: 'Seen.' }).expect(200);
    await remi.patch(`/v1/changes/${change}`, { labels: ['mine'] }).expect(403);
    const { body } = await ada
      .post('/v1/role-grants', { person: 'remi@example.org', role: 'viewer', actions: ['releases:write'] })
      .expect(409);
    expect(body.code).toBe('unknown-action');
  });

  test('does not let its holder move a record to where it does not reach', async () => {
    await register('max@example.org');
    await grant('max@example.org', 'release-manager', { environments: ['staging'] });
    const max = await slipway.as('max@example.org');
    const { body } = await max.post('/v1/releases', { title: 'Mine', class: 'minor' }).expect(201);
    const window = { start: '2031-03-02T10:00:00Z', end: '2031-03-02T12:00:00Z' };
    const schedule = (environment: string) =>
      max.post(`/v1/releases/${body.id}/schedule`, {
        window,
        targets: [{ service: 'checkout', environment, wave: 1 }],
      });
    expect((await schedule('production')).body.code).toBe('outside-scope');
    await schedule('staging').expect(200);
  });

  test('with a limit shows nothing that is about everything', async () => {
    await register('otto@example.org');
    await grant('otto@example.org', 'auditor', { services: ['checkout'] });
    const otto = await slipway.as('otto@example.org');
    await otto.get('/v1/services').expect(200);
    expect((await otto.get('/v1/operations/planning/consumers')).status).toBe(403);
  });
});
