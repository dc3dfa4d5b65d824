import { stampOf } from '@slipway/event-sourcing';
import { type Client, type TestService, testService } from '@slipway/service/testing';
import { v7 as uuidv7 } from 'uuid';
import { serviceIdOf } from '../domain/service.ts';
import { catalog } from '../module.ts';
import { boutique, circlesIn, distancesTo, generated } from '../read/call-graph.example.ts';
import type { Dependencies } from '../read/dependency-graph.ts';

type Named = Readonly<{ serviceId: string; name?: string }>;
type Affected = Named & Readonly<{ distance: number; path: readonly Named[] }>;

let slipway: TestService;
let admin: Client;
let viewer: Client;

beforeEach(async () => {
  slipway = await testService(catalog);
  admin = await slipway.as('admin@example.org', 'administrator');
  viewer = await slipway.as('vera@example.org', 'viewer');
});
afterEach(() => slipway.stop());

const service = { title: 'A service', ownerTeam: 'shop', criticality: 'low' } as const;
const registered = async (all: readonly Dependencies[]): Promise<void> => {
  const services = all.map(({ id, dependencies }) => ({
    ...service,
    name: id,
    dependencies: dependencies.map(({ serviceId }) => ({ service: serviceId, kind: 'service' })),
  }));
  await admin.post('/v1/catalog/import', { services }).expect(200);
  await slipway.caughtUp();
};

const namesOf = (services: readonly Named[]) => services.map(({ name }) => name);
const asked = async (path: string) => (await viewer.get(`/v1/services/${path}`).expect(200)).body;
const distancesIn = (items: readonly Affected[]) => new Map(items.map(({ name = '', distance }) => [name, distance]));

test('what fails with a service of a real shop, and why', async () => {
  const all = boutique();
  await registered(all);
  for (const { id } of all) {
    const { service: failing, items } = await asked(`${id}/blast-radius`);
    expect(failing).toEqual({ serviceId: serviceIdOf(id), name: id });
    expect(distancesIn(items).set(id, 0)).toEqual(distancesTo(id, all));
  }
  const [first] = (await asked('redis-cart/blast-radius')).items;
  expect(namesOf(first.path)).toEqual(['redis-cart', 'cartservice']);
  expect(namesOf((await asked('loadgenerator/path?to=redis-cart')).items)).toEqual([
    'loadgenerator',
    'frontend',
    'cartservice',
    'redis-cart',
  ]);
  expect((await asked('redis-cart/path?to=loadgenerator')).items).toEqual([]);
  expect((await asked('cycles')).items).toEqual([]);
  expect((await asked('frontend/cycle')).items).toEqual([]);
});

test('a circle is stated as it is, and shown', async () => {
  await registered([
    { id: 'a', dependencies: [{ serviceId: 'b' }] },
    { id: 'b', dependencies: [{ serviceId: 'c' }] },
    { id: 'c', dependencies: [{ serviceId: 'a' }] },
    { id: 'd', dependencies: [{ serviceId: 'a' }] },
  ]);
  const [cycle] = (await asked('cycles')).items;
  expect(new Set(namesOf(cycle))).toEqual(new Set(['a', 'b', 'c']));
  expect(namesOf((await asked('b/cycle')).items)).toEqual(['b', 'c', 'a']);
  expect((await asked('d/cycle')).items).toEqual([]);
  const retired = await admin.post('/v1/services/c/retire', { reason: 'one less' }).expect(200);
  const after = encodeURIComponent(retired.headers['slipway-event'] as string);
  expect((await asked(`cycles?afterEvent=${after}`)).items).toEqual([]);
  expect(namesOf((await asked('c/blast-radius')).items)).toEqual(['b', 'a', 'd']);
});

test.each([
  ['none/blast-radius', 404, 'not-found'],
  ['none/cycle', 404, 'not-found'],
  ['none/path?to=none', 404, 'not-found'],
  ['a/path', 400, 'invalid-fields'],
  ['cycles?depth=3', 400, 'invalid-fields'],
])('GET /v1/services/%s: %i %s', async (path, status, code) => {
  const { body } = await viewer.get(`/v1/services/${path}`).expect(status);
  expect(body.code).toBe(code);
});

test('5,000 services with 20,000 calls are answered as brute force does', async () => {
  const all = generated(5_000, 20_000, 200);
  await appended(all);
  await slipway.caughtUp();
  for (const id of ['s7', 's4990']) {
    const { items } = await asked(`${id}/blast-radius`);
    expect(distancesIn(items).set(id, 0)).toEqual(distancesTo(id, all));
  }
  const { items } = await asked('cycles');
  const circles = circlesIn(all);
  expect(items).toHaveLength(circles.length);
  for (const cycle of items) {
    const names = new Set(namesOf(cycle));
    expect(circles.filter(circle => names.isSubsetOf(circle))).toHaveLength(1);
  }
}, 60_000);

// As an import of many small documents would leave them.
const appended = async (all: readonly Dependencies[]): Promise<void> => {
  const [running] = slipway.host.running;
  const stamp = stampOf('person-00000000-0000-7000-8000-000000000001', new Date().toISOString());
  const appends = all.map(({ id, dependencies }) => ({
    stream: `service-${serviceIdOf(id)}`,
    expect: 'no-stream' as const,
    events: [
      {
        id: uuidv7(),
        type: 'ServiceRegistered',
        envelope: { correlationId: uuidv7() },
        data: {
          ...service,
          name: id,
          repositories: [],
          alertLabels: [],
          aliases: [],
          dependencies: dependencies.map(({ serviceId }) => ({ serviceId: serviceIdOf(serviceId), kind: 'service' })),
          ...stamp,
        },
      },
    ],
  }));
  for (let from = 0; from < appends.length; from += 100)
    await running?.service.store.append(appends.slice(from, from + 100));
};
