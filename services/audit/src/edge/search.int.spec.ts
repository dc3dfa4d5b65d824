import { type Client, testService, type TestService } from '@slipway/service/testing';
import { randomUUID } from 'node:crypto';
import { audit } from '../module.ts';

const owner = 'person-0198c1a0-1000-7000-8000-000000000001';
const ids = { release: randomUUID(), other: randomUUID(), incident: randomUUID(), service: randomUUID() };

let slipway: TestService;
let vera: Client;

const drafted = (title: string) => ({
  type: 'ReleaseDrafted',
  data: { title, class: 'minor', owner, changeModel: 'normal' },
});

beforeAll(async () => {
  slipway = await testService(audit);
  vera = await slipway.as('vera@example.org', 'viewer');
  await slipway.append('release', ids.release, drafted('Checkout: pay by invoice'), {
    type: 'ReleaseDetailsChanged',
    data: { labels: ['payments'], externalRefs: [{ system: 'jira', key: 'SHOP-300' }] },
  });
  await slipway.append('release', ids.other, drafted('Search'));
  await slipway.append('incident', ids.incident, {
    type: 'IncidentDetected',
    data: {
      title: 'Invoices fail',
      severity: 'high',
      major: false,
      serviceIds: [],
      detectedBy: 'person',
      impactStartedAt: '2026-03-02T09:00:00Z',
    },
  });
  await slipway.append('service', ids.service, {
    type: 'ServiceRegistered',
    data: {
      name: 'shop/invoicing',
      title: 'Billing',
      ownerTeam: 'money',
      criticality: 'high',
      repositories: [],
      alertLabels: [],
      aliases: [],
      dependencies: [],
    },
  });
  await slipway.caughtUp();
});
afterAll(() => slipway.stop());

const found = async (query: Readonly<Record<string, string>>): Promise<readonly string[]> => {
  const { body } = await vera.get('/v1/search').query(query).expect(200);
  return (body.items as { id: string }[]).map(({ id }) => id);
};

describe('a search', () => {
  test('finds records of every kind by the beginnings of their words, the newest first', async () => {
    expect(await found({ q: 'invoic' })).toEqual([ids.service, ids.incident, ids.release]);
    expect(await found({ q: 'INVOICE pay' })).toEqual([ids.release]);
    expect(await found({ q: 'shop/invoicing' })).toEqual([ids.service]);
    expect(await found({ q: 'oice' })).toEqual([]);
  });

  test('finds by a label, by a key in another system, and by kind', async () => {
    expect(await found({ q: 'payments' })).toEqual([ids.release]);
    expect(await found({ q: 'SHOP-300' })).toEqual([ids.release]);
    expect(await found({ ref: 'SHOP-300' })).toEqual([ids.release]);
    expect(await found({ q: 'invoic', category: 'incident' })).toEqual([ids.incident]);
    expect(await found({ category: 'release' })).toEqual([ids.other, ids.release]);
  });

  test('goes on page by page', async () => {
    const { body } = await vera.get('/v1/search?q=invoic&pageSize=2').expect(200);
    expect(await found({ q: 'invoic', pageSize: '2', pageToken: body.nextPageToken })).toEqual([ids.release]);
  });

  test('says what it shows of a record', async () => {
    const { body } = await vera.get('/v1/search?q=pay').expect(200);
    expect(body.items).toMatchObject([
      {
        id: ids.release,
        category: 'release',
        title: 'Checkout: pay by invoice',
        labels: ['payments'],
        refs: ['SHOP-300'],
      },
    ]);
  });

  test.each(["'", '\\', ':*', '&', '!', '(', '-', '%', '""', 'a & b', "it's", '<->', '🙂'])(
    'is none of what a query language makes of %s',
    async q => {
      await vera.get('/v1/search').query({ q }).expect(200);
    },
  );

  test.each([['category=moon'], ['pageSize=0'], ['color=red'], ['q=%00']])('refuses %s', async query => {
    await vera.get(`/v1/search?${query}`).expect(400);
  });
});

describe('a grant that is limited', () => {
  const holding = async (name: string, scope: object) => {
    const email = `${name}@example.org`;
    const [person = ''] = (await slipway.host.running[0]?.service.pseudonyms([`email:${email}`])) ?? [];
    const id = randomUUID();
    const data = { person, role: 'viewer', scope, from: '2026-01-01T00:00:00Z' };
    await slipway.append('roleGrant', id, { type: 'RoleGranted', data });
    const client = await slipway.as(email);
    const sees = async (): Promise<readonly string[]> =>
      (await client.get('/v1/search?q=reach').expect(200)).body.items.map(({ title }: { title: string }) => title);
    return { client, sees, revoke: () => slipway.append('roleGrant', id, { type: 'RoleRevoked', data: {} }) };
  };
  const [cart, payment, eu, us] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const incident = (title: string, ...serviceIds: string[]) =>
    slipway.append('incident', randomUUID(), {
      type: 'IncidentDetected',
      data: {
        title: `Reach: ${title}`,
        severity: 'high',
        major: false,
        serviceIds,
        detectedBy: 'person',
        impactStartedAt: '2026-03-02T09:00:00Z',
      },
    });

  test('finds what is within it, as it is now, and nothing once it is revoked', async () => {
    const release = randomUUID();
    const targets = [{ serviceId: cart, environmentId: eu, wave: 1 }];
    const window = { start: '2026-03-02T10:00:00Z', end: '2026-03-02T12:00:00Z' };
    await slipway.append('release', release, drafted('Reach: release'), {
      type: 'ReleaseScheduled',
      data: { window, targets, contentDigest: `sha256:${'a'.repeat(64)}` },
    });
    await incident('cart', cart);
    await incident('payment', payment);
    const review = { title: 'Reach: review', occasion: 'person', dueAt: '2026-03-05T09:00:00Z' };
    await slipway.append('review', randomUUID(), { type: 'ReviewScheduled', data: review });
    await slipway.caughtUp();
    const ofCart = await holding('carla', { services: [cart] });
    const ofCartInUs = await holding('uma', { services: [cart], environments: [us] });
    const ofAll = await holding('alan', {});
    expect(await ofCart.sees()).toEqual(['Reach: cart', 'Reach: release']);
    expect(await ofCartInUs.sees()).toEqual(['Reach: cart']);
    expect(await ofAll.sees()).toEqual(['Reach: review', 'Reach: payment', 'Reach: cart', 'Reach: release']);
    const moved = { window, targets: [{ serviceId: payment, environmentId: us, wave: 1 }] };
    await slipway.append('release', release, {
      type: 'ReleaseRescheduled',
      data: { ...moved, contentDigest: `sha256:${'b'.repeat(64)}` },
    });
    await slipway.caughtUp();
    expect(await ofCart.sees()).toEqual(['Reach: cart']);
    await ofCart.revoke();
    expect((await ofCart.client.get('/v1/search?q=reach').expect(403)).body.code).toBe('not-permitted');
  });

  test('does not find what got its title after it was somewhere, since that is not known', async () => {
    const id = randomUUID();
    await slipway.append(
      'deployment',
      id,
      {
        type: 'DeploymentRequested',
        data: {
          kind: 'planned',
          target: { serviceId: payment, environmentId: eu, wave: 1 },
          production: true,
          digests: [`sha256:${'a'.repeat(64)}`],
          deployer: owner,
        },
      },
      { type: 'DeploymentDetailsChanged', data: { title: 'Reach: deployment' } },
    );
    await slipway.caughtUp();
    const ofCart = await holding('carol', { services: [cart] });
    const ofAll = await holding('alma', {});
    expect(await ofCart.sees()).not.toContain('Reach: deployment');
    expect(await ofAll.sees()).toContain('Reach: deployment');
  });
});
