import { type Client, testService, type TestService } from '@slipway/service/testing';
import { readdirSync, readFileSync } from 'node:fs';
import request from 'supertest';
import { environmentRegistered, idOfEnvironment, idOfService, serviceRegistered } from './catalog.example.ts';
import { incidentCorrelation } from './module.ts';

const TOKEN = 'alertmanager-token';
const directory = new URL('../fixtures/alertmanager/', import.meta.url);
const files = readdirSync(directory)
  .filter(name => name.endsWith('.json'))
  .sort();

/** A shuffle that is the same on every machine. */
const shuffled = <Value>(values: readonly Value[], seed: number): readonly Value[] => {
  const rest = [...values];
  const mixed: Value[] = [];
  for (let state = seed; rest.length > 0;) {
    state = (state * 48_271) % 2_147_483_647;
    mixed.push(...rest.splice(state % rest.length, 1));
  }
  return mixed;
};

type Told = Readonly<Record<string, unknown>>;

const items = async (ines: Client, path: string): Promise<readonly Told[]> =>
  (await ines.get(path).expect(200)).body.items;

const picking =
  (fields: string) =>
  (row: Told): Told =>
    Object.fromEntries(fields.split(' ').map(field => [field, row[field]]));

// When we heard of it, how often, and the number that it got is another matter.
const ofAlert = picking('id state status name severity labels startsAt endsAt incidentId serviceIds');
const ofIncident = picking('id title state severity serviceIds environmentId firingAlerts detectedAt impactStartedAt');

const prepared = async (): Promise<TestService> => {
  process.env['ALERTMANAGER_WEBHOOK_TOKEN'] = TOKEN;
  const slipway = await testService(incidentCorrelation);
  for (const [name, more] of Object.entries({
    checkout: { aliases: ['checkoutservice'] },
    frontend: {},
    prometheus: { alertLabels: [{ job: 'prometheus' }] },
  }))
    await slipway.append('service', idOfService(name), serviceRegistered(name, more));
  await slipway.append('environment', idOfEnvironment('production'), environmentRegistered('production'));
  return slipway;
};

const recordsOf = async (names: readonly string[]) => {
  const slipway = await prepared();
  try {
    for (const name of names)
      await request(slipway.url)
        .post('/v1/incidents/hooks/alertmanager')
        .set('Authorization', `Bearer ${TOKEN}`)
        .set('Content-Type', 'application/json')
        .send(readFileSync(new URL(name, directory), 'utf8'))
        .expect(202);
    await slipway.caughtUp();
    const ines = await slipway.as('ines@example.org', 'incident-responder');
    const byId = (one: Told, other: Told) => (String(one['id']) < String(other['id']) ? -1 : 1);
    return {
      alerts: (await items(ines, '/v1/incidents/alerts?pageSize=200')).map(ofAlert).sort(byId),
      incidents: (await items(ines, '/v1/incidents?pageSize=200')).map(ofIncident).sort(byId),
    };
  } finally {
    await slipway.stop();
  }
};

test('whatever the order and however often, the messages of a running Alertmanager come to the same records', async () => {
  const inOrder = await recordsOf(files);
  expect(inOrder.alerts).toHaveLength(5);
  expect(inOrder.incidents.length).toBeGreaterThan(0);
  const twice = files.flatMap(name => [name, name]);
  for (const order of [twice, files.toReversed(), shuffled(twice, 7), shuffled(files, 4_711)])
    expect(await recordsOf(order)).toEqual(inOrder);
}, 120_000);
