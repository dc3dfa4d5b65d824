import 'reflect-metadata';
import { ProblemException, valid } from '@slipway/edge';
import { catalogOf } from '../rows/catalog.ts';
import { told } from '../measures/example.ts';
import { periodOf } from './asked-period.ts';
import { placesOf, scopeOf } from './asked-scope.ts';
import { MeasureQuery } from './metrics.query.dto.ts';

const NOW = Date.parse('2026-03-10T12:00:00Z');
const instant = (at: number): string => new Date(at).toISOString();
const asked = async (query: object) => {
  const { period, unit } = periodOf(await valid(MeasureQuery, query), NOW);
  return { from: instant(period.from), to: instant(period.to), now: instant(period.now), zone: period.zone, unit };
};
const refused = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProblemException) return error.problem.code;
    throw error;
  }
  return undefined;
};

describe('the time that is asked about', () => {
  test('is thirty days until now when nothing is said', async () => {
    expect(await asked({})).toEqual({
      from: '2026-02-08T12:00:00.000Z',
      to: '2026-03-10T12:00:00.000Z',
      now: '2026-03-10T12:00:00.000Z',
      zone: 'UTC',
      unit: undefined,
    });
  });

  test('is a calendar period of a zone; what is ahead of it is not yet', async () => {
    expect(await asked({ period: '2026-03', zone: 'Europe/Berlin' })).toEqual({
      from: '2026-02-28T23:00:00.000Z',
      to: '2026-03-31T22:00:00.000Z',
      now: '2026-03-10T12:00:00.000Z',
      zone: 'Europe/Berlin',
      unit: 'month',
    });
  });

  test('is from a day to an instant, whichever way each is written', async () => {
    expect(await asked({ from: '2026-03-01', to: '2026-03-02T12:00:00+02:00', zone: 'Europe/Berlin' })).toMatchObject({
      from: '2026-02-28T23:00:00.000Z',
      to: '2026-03-02T10:00:00.000Z',
      now: '2026-03-02T10:00:00.000Z',
    });
  });

  test.each([
    [{ zone: 'Mars/Olympus' }, 'invalid-fields'],
    [{ businessZone: '+02:00' }, 'invalid-fields'],
    [{ businessHours: '17:00-09:00' }, 'invalid-fields'],
    [{ businessHours: '9-17' }, 'invalid-fields'],
    [{ businessDays: 'monday' }, 'invalid-fields'],
    [{ holidays: 'tomorrow' }, 'invalid-fields'],
    [{ from: '2026-02-30' }, 'invalid-fields'],
    [{ period: '2026-02-29' }, 'invalid-period'],
    [{ period: '2026-03', to: '2026-03-02' }, 'invalid-period'],
    [{ period: '1969' }, 'invalid-period'],
    [{ period: '9999' }, 'invalid-period'],
    [{ from: '2026-03-02', to: '2026-03-02' }, 'invalid-period'],
    [{ from: '2010-01-01' }, 'invalid-period'],
  ])('is not %j', async (query, code) => {
    expect(await refused(() => asked(query))).toBe(code);
  });

  test('has the business calendar that is said, Monday to Friday in its own zone when nothing is', async () => {
    const of = async (query: object) => periodOf(await valid(MeasureQuery, query), NOW).period.business;
    expect(await of({ zone: 'Asia/Kolkata' })).toEqual({
      zone: 'Asia/Kolkata',
      fromMinute: 540,
      toMinute: 1020,
      weekdays: [1, 2, 3, 4, 5],
      holidays: [],
    });
    const said = { businessZone: 'UTC', businessHours: '00:30-24:00', businessDays: 'sat,sun', holidays: '2026-05-01' };
    expect(await of(said)).toEqual({
      zone: 'UTC',
      fromMinute: 30,
      toMinute: 1440,
      weekdays: [6, 7],
      holidays: ['2026-05-01'],
    });
  });
});

describe('what is asked about', () => {
  const catalog = catalogOf([
    ...told('service-s1', ['1', 'ServiceRegistered', { name: 'checkout', ownerTeam: 'shop' }]),
    ...told('service-s2', ['1', 'ServiceRegistered', { name: 'payments', ownerTeam: 'bank' }]),
    ...told('application-a1', ['1', 'ApplicationRegistered', { name: 'store', serviceIds: ['s1', 's2'] }]),
    ...told('environment-e1', ['1', 'EnvironmentRegistered', { name: 'frankfurt', tier: 'production', region: 'eu' }]),
  ]);
  const scope = async (query: object) => scopeOf(await valid(MeasureQuery, query), catalog).scope;

  test.each([
    [{}, {}],
    [{ service: 'checkout' }, { serviceIds: ['s1'] }],
    [
      { service: 's1', environment: 'frankfurt' },
      { serviceIds: ['s1'], environmentId: 'e1' },
    ],
    [{ team: 'shop' }, { serviceIds: ['s1'] }],
    [{ application: 'store' }, { serviceIds: ['s1', 's2'] }],
    [{ application: 'store', team: 'bank' }, { serviceIds: ['s2'] }],
    [
      { region: 'eu', size: 'one-commit' },
      { region: 'eu', size: 'one-commit' },
    ],
  ])('by %j is %j', async (query, expected) => {
    expect(await scope(query)).toEqual(expected);
  });

  test.each([{ service: 'x' }, { team: 'x' }, { application: 'x' }, { environment: 'x' }, { region: 'x' }])(
    'is not %j',
    async query => {
      expect(await refused(() => scope(query))).toBe('not-found');
    },
  );

  test('takes place in each of its services, and everywhere when none is said', () => {
    expect(placesOf({ serviceIds: ['s1', 's2'], environmentId: 'e1' })).toEqual([
      { serviceId: 's1', environmentId: 'e1' },
      { serviceId: 's2', environmentId: 'e1' },
    ]);
    expect(placesOf({ serviceIds: ['s1'] })).toEqual([{ serviceId: 's1', environmentId: '*' }]);
    expect(placesOf({})).toEqual([{ serviceId: '*', environmentId: '*' }]);
  });
});
