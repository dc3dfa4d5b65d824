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
