import { editionNamed, editions } from '../benchmarks/editions.ts';
import { A, at, attached, B, commit, incident, march, rollsOut, run, told } from '../measures/example.ts';
import { definitionOf, definitions } from '../measures/index.ts';
import { ledgerOf, recordsOf } from '../rows/ledger.ts';
import { type Asked, deliveryReport } from './delivery-report.ts';
import { remediationsOf } from './remediations.ts';

const facts = [
  ...told('service-checkout', ['1', 'ServiceRegistered', { name: 'checkout', ownerTeam: 'shop' }]),
  ...told('service-payments', ['1', 'ServiceRegistered', { name: 'payments', ownerTeam: 'bank' }]),
  ...told('application-store', ['1', 'ApplicationRegistered', { name: 'store', serviceIds: ['checkout', 'payments'] }]),
  ...told('environment-frankfurt', [
    '1',
    'EnvironmentRegistered',
    { name: 'frankfurt', tier: 'production', region: 'eu' },
  ]),
  ...told('environment-boston', ['1', 'EnvironmentRegistered', { name: 'boston', tier: 'production', region: 'us' }]),
  ...told('release-r1', ['1', 'ReleaseDrafted', { class: 'minor' }]),
  ...attached('r2', A, { commits: [commit('x', '1 12:00')] }),
  ...rollsOut('d1', { release: 'r1' }, '2'),
  ...rollsOut('d2', { environment: 'boston', wave: 2 }, '3'),
  ...rollsOut('d3', { service: 'payments', change: 'c2', digest: B }, '12'),
];
const ledger = ledgerOf(recordsOf(facts));
const rate = definitionOf('change-fail-rate')!;
const report = (asked: Partial<Asked>) =>
  deliveryReport(ledger, { definitions: [rate], scope: {}, period: march, compare: false, members: false, ...asked })!;
const sliced = (asked: Partial<Asked>): Readonly<Record<string, number>> =>
  Object.fromEntries(
    report(asked).slices!.map(({ name, period, measures: [measure] }) => [
      [name, period].filter(Boolean).join(' '),
      measure!.figures[0]!.denominator,
    ]),
  );

describe('a report', () => {
  test('over all services is a blend and says so; of one it is none', () => {
    expect(report({}).blend).toBe(true);
    const [checkout] = report({ by: 'service' }).slices!;
    expect(checkout).toMatchObject({ by: 'service', id: 'checkout', blend: false });
    expect(checkout?.measures[0]?.figures[0]).toMatchObject({ counted: 1 });
    expect(checkout?.measures[0]?.figures[0]).not.toHaveProperty('population');
  });

  test.each<[Asked['by'], Readonly<Record<string, number>>]>([
    ['service', { checkout: 1, payments: 1 }],
    ['team', { bank: 1, shop: 1 }],
    ['application', { store: 2 }],
    ['environment', { boston: 1, frankfurt: 2 }],
    ['region', { eu: 2, us: 1 }],
    ['releaseKind', { minor: 1, none: 1 }],
    ['changeModel', { emergency: 0, none: 2, normal: 0, standard: 0 }],
    ['size', { '2-to-5-commits': 0, '6-to-20-commits': 0, 'one-commit': 1, 'over-20-commits': 0, unknown: 1 }],
    ['pattern', { 'at-once': 1, 'blue-green': 0, canary: 0, unknown: 0, waves: 1 }],
  ])('by %s', (by, expected) => {
    expect(sliced({ by: by! })).toEqual(expected);
  });

  test('of each week, and of each service in each', () => {
    expect(
      sliced({ every: 'week', period: { ...march, from: Date.parse(at('2')), to: Date.parse(at('16')) } }),
    ).toEqual({
      '2026-W10': 1,
      '2026-W11': 1,
    });
    expect(Object.keys(sliced({ by: 'service', every: 'month' }))).toEqual(['checkout 2026-03', 'payments 2026-03']);
  });

  test('is none with more slices than anybody reads', () => {
    const period = { ...march, from: Date.parse('2016-04-01T00:00:00Z') };
    expect(
      deliveryReport(ledger, { definitions, scope: {}, period, every: 'day', compare: false, members: false }),
    ).toBeUndefined();
  });

  test('stands beside the period before', () => {
    const [figure] = report({ compare: true, unit: 'month' }).measures[0]!.figures;
    expect(report({ compare: true, unit: 'month' })).toMatchObject({
      comparedWith: { from: '2026-02-01T00:00:00.000Z' },
    });
    expect(figure).toMatchObject({ comparison: { before: { value: null, denominator: 0 }, verdict: 'unclear' } });
  });

  test('stands beside the bands of an edition, and belongs to none of them', () => {
    const edition = editionNamed('dora-2024')!;
    const [figure] = report({ benchmark: edition }).measures[0]!.figures;
    expect(figure?.benchmark).toEqual({
      edition: 'dora-2024',
      name: 'Accelerate State of DevOps 2024',
      year: 2024,
      bands: [
        { group: 'elite', said: '5 %', from: 0.05, to: 0.05 },
        { group: 'high', said: '20 %', from: 0.2, to: 0.2 },
        { group: 'medium', said: '10 %', from: 0.1, to: 0.1 },
        { group: 'low', said: '40 %', from: 0.4, to: 0.4 },
      ],
    });
  });
});

test('an edition speaks of series that there are, with a band for each group', () => {
  for (const { groups, bands } of editions)
    for (const { measure, series, bands: each } of bands) {
      expect(Object.keys(definitionOf(measure)!.series)).toContain(series);
      expect(each.map(({ group }) => group)).toEqual(groups.map(({ group }) => group));
    }
});

test('a definition has a figure of each series that it tells of, and of no other', () => {
  const known = definitions.map(({ series }) => Object.keys(series));
  const all = deliveryReport(ledger, { definitions, scope: {}, period: march, compare: false, members: true })!;
  expect(all.measures.map(({ figures }) => figures.map(({ series }) => series))).toEqual(known);
});

describe('what a hotfix may mend', () => {
  const hotfix = (...said: Parameters<typeof run>[2][]) =>
    run('h1', { kind: 'hotfix', change: 'c9', digest: B }, ['4 10:00', 'DeploymentStarted'], ...said);
  const proposed = (...more: typeof facts) => remediationsOf(ledgerOf(recordsOf([...facts, ...more])))[0]?.proposed;

  test('is an incident that was open for its service when it started', () => {
    expect(proposed(...hotfix(), ...incident('i1', { detected: '3 20:00' }))).toMatchObject([
      { record: 'incident', recordId: 'i1', rule: 'open-when-it-started' },
    ]);
    expect(proposed(...hotfix(), ...incident('i1', { detected: '5 20:00' }))).toEqual([]);
  });

  test('is an incident that it restored', () => {
    const mitigated = incident('i1', { services: ['payments'], detected: '3 20:00' }, [
      '4 11:00',
      'IncidentMitigated',
      { deploymentId: 'h1' },
    ]);
    expect(proposed(...hotfix(), ...mitigated)).toMatchObject([{ recordId: 'i1', rule: 'restored-by-it' }]);
  });

  test('is the deployment before it on its target, when that failed or is a cause', () => {
    const cause = incident('i1', { services: ['payments'], detected: '3 20:00' }, [
      '3 21:00',
      'CauseConfirmed',
      { kind: 'deployment', deploymentId: 'd1', primary: true },
    ]);
    expect(proposed(...hotfix(), ...cause)).toMatchObject([
      { record: 'deployment', recordId: 'd1', rule: 'failed-before-it' },
    ]);
    expect(proposed(...hotfix())).toEqual([]);
  });

  test('is not proposed again once a person has judged it', () => {
    const judged = hotfix(['5', 'RemediationRejected', { record: 'incident', recordId: 'i1' }]);
    expect(proposed(...judged, ...incident('i1', { detected: '3 20:00' }))).toEqual([]);
  });
});
