import { digestOf } from '@slipway/canonical';
import { testService, type TestService } from '@slipway/service/testing';
import type { Service } from '@slipway/service';
import { metrics } from '../module.ts';
import { closeDue } from './closing.ts';

const CHECKOUT = '1f7d6f0e-3c52-8a41-9d0b-6f2f6c1f0a11';
const PAYMENTS = '2f7d6f0e-3c52-8a41-9d0b-6f2f6c1f0a22';
const PRODUCTION = '3ab4c5d6-7e8f-8091-a2b3-c4d5e6f70833';
const PERSON = 'person-0198c1a0-1000-7000-8000-000000000004';
const at = (day: number, time = '12:00'): string => `2026-03-${String(day).padStart(2, '0')}T${time}:00.000Z`;

type Said = Readonly<{ value: number | null; numerator: number; denominator: number }>;
type Restated = Readonly<{
  id: string;
  period: string;
  positionBefore: number;
  positionAfter: number;
  causes: readonly { type: string; stream: string }[];
  figures: readonly { serviceId: string; measure: string; series: string; before: Said; after: Said }[];
}>;

let slipway: TestService;
let service: Service;
beforeAll(async () => {
  slipway = await testService(metrics);
  service = slipway.host.running[0]!.service;
});
afterAll(() => slipway.stop());

const registered = (name: string) => ({ type: 'ServiceRegistered', data: { name, ownerTeam: 'shop' } });

/** A deployment of March that took traffic an hour after it had started and ended an hour later. */
const rollout = (serviceId: string, day: number, more: object = {}) => [
  {
    type: 'DeploymentRequested',
    data: {
      kind: 'planned',
      target: { serviceId, environmentId: PRODUCTION, wave: 1 },
      production: true,
      digests: [digestOf(`${serviceId} ${day}`)],
      deployer: PERSON,
      occurredAt: at(day, '09:00'),
      ...more,
    },
  },
  { type: 'DeploymentStarted', data: { occurredAt: at(day, '10:00') } },
  { type: 'TrafficTaken', data: { occurredAt: at(day, '11:00') } },
];
const succeeded = (day: number) => ({ type: 'DeploymentSucceeded', data: { occurredAt: at(day) } });
const incident = (day: number) => [
  {
    type: 'IncidentDetected',
    data: { serviceIds: [CHECKOUT], impactStartedAt: at(day, '13:00'), occurredAt: at(day, '13:00') },
  },
  { type: 'IncidentMitigated', data: { occurredAt: at(day, '14:00') } },
];
const causedBy = (deploymentId: string) => ({ kind: 'deployment', deploymentId });

const asked = async (path: string): Promise<Record<string, unknown>> => {
  await slipway.caughtUp();
  const ann = await slipway.as('ann@example.org', 'viewer');
  return (await ann.get(path).expect(200)).body as Record<string, unknown>;
};

/** Waits until no figure is older than the facts: each look is at the rows, never at a clock. */
const counted = async (): Promise<void> => {
  await slipway.caughtUp();
  for (;;) {
    const [left] = await service.dataSource.query<[{ count: string }]>('SELECT count(*) FROM touches_v1');
    if (left.count === '0') break;
    await new Promise(resolve => setImmediate(resolve));
  }
  await slipway.caughtUp();
};

const restatements = async (): Promise<readonly Restated[]> => {
  await counted();
  return ((await asked('/v1/restatements?period=2026-03'))['items'] as readonly Restated[]).toReversed();
};

const rateIn = async (query: string): Promise<readonly (number | null)[]> => {
  const report = (await asked(`/v1/metrics/change-fail-rate?period=2026-03&by=service&${query}`)) as {
    slices: readonly { measures: readonly [{ figures: readonly [{ value: number | null }] }] }[];
  };
  return report.slices.map(({ measures: [measure] }) => measure.figures[0].value);
};

beforeAll(async () => {
  await slipway.append('environment', PRODUCTION, {
    type: 'EnvironmentRegistered',
    data: { name: 'production', tier: 'production', region: 'eu' },
  });
  await slipway.append('service', CHECKOUT, registered('checkout'));
  await slipway.append('service', PAYMENTS, registered('payments'));
  for (const day of [2, 3, 4, 5])
    await slipway.append('deployment', `c${day}`, ...rollout(CHECKOUT, day), succeeded(day));
  for (const day of [2, 3]) await slipway.append('deployment', `p${day}`, ...rollout(PAYMENTS, day), succeeded(day));
  // One that took traffic and never said how it ended.
  await slipway.append('deployment', 'c9', ...rollout(CHECKOUT, 9));
  for (const id of ['i3', 'i4']) await slipway.append('incident', id, ...incident(Number(id.slice(1))));
  await slipway.append('incident', 'i3', { type: 'CauseConfirmed', data: { ...causedBy('c3'), primary: true } });
  await counted();
});

test('a month is provisional for fourteen days, and then it is closed once, by an event', async () => {
  await closeDue(service, { zone: 'UTC', provisionalDays: 14 }, Date.parse('2026-04-14T23:59:59Z'));
  expect(await slipway.events('reportingPeriod-2026-03')).toEqual([]);
  const [now] = (await asked('/v1/reporting-periods'))['items'] as readonly { state: string }[];
  expect(now).toMatchObject({ state: 'open' });

  const after = Date.parse('2026-04-15T00:00:00Z');
  await closeDue(service, { zone: 'UTC', provisionalDays: 14 }, after);
  await closeDue(service, { zone: 'UTC', provisionalDays: 14 }, after);
  expect((await slipway.events('reportingPeriod-2026-03')).map(({ type }) => type)).toEqual(['ReportingPeriodClosed']);
  expect((await asked('/v1/reporting-periods'))['items']).toContainEqual(
    expect.objectContaining({ period: '2026-03', state: 'closed', from: '2026-03-01T00:00:00.000Z' }),
  );
});

type Correction = Readonly<{
  what: string;
  stream: [category: string, id: string];
  events: readonly { type: string; data: object }[];
  causes: readonly string[];
  changed: readonly string[];
}>;

const corrections: readonly Correction[] = [
  {
    what: 'a reassigned cause',
    stream: ['incident', 'i3'],
    events: [
      { type: 'CauseWithdrawn', data: causedBy('c3') },
      { type: 'CauseConfirmed', data: { ...causedBy('p3'), primary: true } },
    ],
    causes: ['CauseWithdrawn', 'CauseConfirmed'],
    changed: ['checkout change-fail-rate', 'payments change-fail-rate'],
  },
  {
    what: 'a canceled deployment',
    stream: ['deployment', 'c9'],
    events: [{ type: 'DeploymentCanceled', data: { occurredAt: at(9) } }],
    causes: ['DeploymentCanceled'],
    changed: ['checkout rollouts-per-day', 'checkout share-of-days'],
  },
  {
    what: 'a corrected time',
    stream: ['incident', 'i4'],
    events: [
      { type: 'ImpactIntervalCorrected', data: { interval: 1, startedAt: at(4, '13:00'), endedAt: at(4, '15:30') } },
    ],
    causes: ['ImpactIntervalCorrected'],
    changed: ['checkout all'],
  },
  {
    what: 'a corrected kind',
    stream: ['deployment', 'p2'],
    events: [{ type: 'DeploymentKindCorrected', data: { kind: 'rollback', reason: 'it brought 1.3 back' } }],
    causes: ['DeploymentKindCorrected'],
    changed: ['payments change-fail-rate', 'payments rollouts-per-day'],
  },
  {
    what: 'a merged duplicate',
    stream: ['incident', 'i4'],
    events: [{ type: 'IncidentCanceled', data: { as: 'duplicate', of: 'i3' } }],
    causes: ['IncidentCanceled'],
    changed: ['checkout all'],
  },
];

const names: Readonly<Record<string, string>> = { [CHECKOUT]: 'checkout', [PAYMENTS]: 'payments' };

test.each(corrections)(
  '$what in a closed month is one restatement, with what caused it and what changed',
  async ({ stream: [category, id], events, causes, changed }) => {
    const before = await restatements();
    await slipway.append(category, id, ...events);
    const after = await restatements();

    expect(after).toHaveLength(before.length + 1);
    const restated = after.at(-1)!;
    expect(restated.causes.map(({ type }) => type)).toEqual(causes);
    expect(new Set(restated.causes.map(({ stream }) => stream))).toEqual(new Set([`${category}-${id}`]));
    expect(restated.figures.map(({ serviceId, series }) => `${names[serviceId]} ${series}`)).toEqual(
      expect.arrayContaining([...changed]),
    );
    for (const { serviceId, measure, series, before: old, after: fresh } of restated.figures)
      for (const [position, said] of [
        [restated.positionBefore, old],
        [restated.positionAfter, fresh],
      ] as const) {
        const report = (await asked(
          `/v1/metrics/${measure}?period=2026-03&service=${serviceId}&position=${position}`,
        )) as { measures: readonly [{ figures: readonly (Said & { series: string })[] }] };
        const figure = report.measures[0].figures.find(each => each.series === series);
        expect(figure).toMatchObject({ value: said.value, numerator: said.numerator, denominator: said.denominator });
      }
  },
);

test('asked as of an instant before the corrections, a report has the old figures; one of today says that they were restated', async () => {
  const [first] = await restatements();
  const closed = (await asked('/v1/reporting-periods'))['items'] as readonly { period: string; closedAt?: string }[];
  const asOf = closed.find(({ period }) => period === '2026-03')!.closedAt!;
  const instant = new Date(Date.parse(asOf) + 1).toISOString();
  expect(await rateIn(`asOf=${instant}`)).toEqual([1 / 4, 0]);
  expect(await rateIn('')).toEqual([0, 1]);
  const today = (await asked('/v1/reports/delivery?period=2026-03')) as {
    restatements: readonly { id: string }[];
    slices: readonly { name: string; restatements: readonly { id: string }[] }[];
  };
  expect(today.restatements.map(({ id }) => id)).toContain(first!.id);
  expect(today.slices.map(({ name, restatements: theirs }) => [name, theirs.length])).toEqual([
    ['checkout', 4],
    ['payments', 2],
  ]);
  const then = await asked(`/v1/reports/delivery?period=2026-03&asOf=${instant}`);
  expect(then).not.toHaveProperty('restatements');
});

test('what happens after a closed month changes nothing of it, and is no restatement', async () => {
  const before = await restatements();
  await slipway.append(
    'deployment',
    'later',
    ...rollout(CHECKOUT, 20).map(each => ({ ...each, data: { ...each.data, occurredAt: '2026-11-20T10:00:00.000Z' } })),
    {
      type: 'DeploymentSucceeded',
      data: { occurredAt: '2026-11-20T12:00:00.000Z' },
    },
  );
  expect(await restatements()).toEqual(before);
});
