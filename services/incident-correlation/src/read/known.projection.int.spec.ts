import type { Delivery } from '@slipway/consumers';
import { migrationsOf } from '@slipway/service';
import { type MigratedDatabase, migratedDatabase } from '@slipway/testing';
import fc from 'fast-check';
import pg from 'pg';
import { incidentCorrelation } from '../module.ts';
import { known } from './known.projection.ts';

let database: MigratedDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await migratedDatabase(...migrationsOf('incident-correlation', incidentCorrelation.migrations));
  client = new pg.Client({ connectionString: database.urlOf('incident-correlation') });
  await client.connect();
  await client.query('SET search_path = incident_correlation');
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

type Event = Readonly<{ type: string; data: object }>;

const instant = fc
  .integer({ min: 0, max: 86_400 })
  .map(each => new Date(Date.UTC(2026, 2, 2) + each * 1_000).toISOString());
const service = fc.constantFrom('checkout', 'cart');
const services = fc.subarray(['checkout', 'cart'], { minLength: 1 });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });
const event = (type: string, data: fc.Arbitrary<object> = fc.constant({})): fc.Arbitrary<Event> =>
  fc.tuple(data, instant).map(([said, occurredAt]) => ({ type, data: { ...said, occurredAt } }));

const requested = event(
  'DeploymentRequested',
  fc.record({
    target: fc.record({ serviceId: service, environmentId: fc.constant('e1') }),
    production: fc.boolean(),
    changeId: maybe(fc.constant('c1')),
  }),
);
const importedDeployment = event(
  'DeploymentImported',
  fc.record({
    serviceId: service,
    environmentId: fc.constant('e1'),
    production: fc.boolean(),
    change: maybe(fc.constant({ id: 'c2' })),
    startedAt: instant,
    finishedAt: maybe(instant),
  }),
);
const moved = fc.constantFrom(
  'DeploymentStarted',
  'StepStarted',
  'StepSucceeded',
  'TrafficTaken',
  'VerificationFailed',
  'DeploymentFailed',
);
const detected = event('IncidentDetected', fc.record({ serviceIds: services, impactStartedAt: instant }));
const importedIncident = event(
  'IncidentImported',
  fc.record({
    serviceIds: services,
    environmentId: maybe(fc.constant('e1')),
    detectedAt: instant,
    impactStartedAt: maybe(instant),
  }),
);
const judged = fc.oneof(
  event(
    'AlertAttached',
    fc.record({ alertId: fc.constant('a1'), groupKey: fc.constantFrom('g1', 'g2'), serviceIds: services }),
  ),
  event('IncidentResolved'),
  event('IncidentReopened'),
  event('ImpactStartCorrected', fc.record({ impactStartedAt: instant })),
  event('IncidentCanceled', fc.record({ duplicateOf: maybe(fc.constant('i2')) })),
);

const live = (first: fc.Arbitrary<Event>, rest: fc.Arbitrary<Event>) =>
  fc.tuple(first, fc.array(rest, { maxLength: 5 })).map(([head, more]) => [head, ...more]);
const history = (of: fc.Arbitrary<Event>) => fc.array(of, { minLength: 1, maxLength: 3 });
const deployment = fc.oneof(
  live(
    requested,
    moved.chain(type => event(type)),
  ),
  history(importedDeployment),
);
const incident = fc.oneof(live(detected, judged), history(importedIncident));

const log = fc
  .record({ d1: deployment, d2: deployment, d3: deployment, i1: incident, i2: incident })
  .chain(streams => fc.constant(Object.entries(streams)))
  .map(streams =>
    streams.flatMap(([id, events]) =>
      events.map((each, nth) => ({
        ...each,
        stream: `${id.startsWith('d') ? 'deployment' : 'incident'}-${id}`,
        version: nth + 1,
      })),
    ),
  );

const TABLES = ['known_rollouts_v1', 'known_moments_v1', 'known_incidents_v1'];

/** What the tables hold after these events, in batches of so many. */
const knownAfter = async (events: readonly object[], size: number): Promise<readonly unknown[]> => {
  for (const table of TABLES) await client.query(`DELETE FROM ${table}`);
  if (!('applyAll' in known)) throw new Error('it writes sets');
  for (let from = 0; from < events.length; from += size)
    await known.applyAll(events.slice(from, from + size) as readonly Delivery[], client);
  return Promise.all(TABLES.map(async table => (await client.query(`SELECT * FROM ${table} ORDER BY 1, 2`)).rows));
};

test('however the log is cut into batches, the same is known', () =>
  fc.assert(
    fc.asyncProperty(log, fc.integer({ min: 2, max: 40 }), async (events, size) => {
      expect(await knownAfter(events, size)).toEqual(await knownAfter(events, 1));
    }),
    { numRuns: 150 },
  ));

test('a correction of history takes the place of what was known, its end too', async () => {
  const imported = (version: number, finishedAt?: string) => ({
    type: 'DeploymentImported',
    stream: 'deployment-d1',
    version,
    data: {
      serviceId: 'checkout',
      environmentId: 'e1',
      production: true,
      startedAt: '2026-03-02T10:00:00.000Z',
      ...(finishedAt && { finishedAt }),
    },
  });
  const [, moments] = await knownAfter([imported(1, '2026-03-02T11:00:00.000Z'), imported(2)], 2);
  expect(moments).toMatchObject([{ moment: 'started' }]);
});
