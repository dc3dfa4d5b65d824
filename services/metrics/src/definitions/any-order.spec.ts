import fc from 'fast-check';
import { A, B, march } from './example.ts';
import { type Fact, type FactType, kept } from './facts.ts';
import { definitions } from './index.ts';
import { knownOf, type Scope } from './known.ts';

const instant = fc.integer({ min: march.from - 86_400_000, max: march.to }).map(at => new Date(at).toISOString());
const oneOf = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const deploymentId = oneOf('d1', 'd2', 'd3');
const serviceId = oneOf('checkout', 'payments');
const digest = oneOf(A, B);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

// The fields of every type that has some; what else is kept has none.
const fields: { readonly [Type in FactType]?: fc.Arbitrary<object> } = {
  ServiceRegistered: fc.record({ name: serviceId }),
  EnvironmentRegistered: fc.record({ name: fc.constant('frankfurt'), tier: oneOf('production', 'staging') }),
  ArtifactAttached: fc.record({
    artifact: fc.record({
      serviceId,
      digest,
      repository: fc.constant('example/shop'),
      commits: fc.array(fc.record({ sha: oneOf('x', 'y', 'z'), committedAt: instant }), { maxLength: 3 }),
    }),
  }),
  ArtifactDetached: fc.record({ serviceId, digest }),
  DeploymentRequested: fc.record({
    kind: oneOf('planned', 'hotfix', 'rollback', 'redeploy'),
    target: fc.record({ serviceId, environmentId: oneOf('frankfurt', 'paris'), wave: fc.constant(1) }),
    production: fc.constant(true),
    digests: fc.array(digest, { minLength: 1, maxLength: 2 }),
    changeId: optional(oneOf('c1', 'c2')),
    undoes: optional(deploymentId),
  }),
  DeploymentKindCorrected: fc.record({
    kind: oneOf('planned', 'hotfix', 'redeploy', 'activation'),
    undoes: optional(deploymentId),
  }),
  DeploymentRolledBack: fc.record({ cause: oneOf('fault', 'business') }),
  IncidentDetected: fc.record({
    serviceIds: fc.subarray(['checkout', 'payments'], { minLength: 1 }),
    environmentId: optional(oneOf('frankfurt', 'paris')),
    impactStartedAt: instant,
  }),
  ImpactStartCorrected: fc.record({ impactStartedAt: instant }),
  CauseConfirmed: fc.record({
    kind: oneOf('deployment', 'change', 'external'),
    deploymentId: optional(deploymentId),
    primary: fc.boolean(),
  }),
  CauseRejected: fc.record({ deploymentId }),
  CauseWithdrawn: fc.record({ kind: fc.constant('deployment'), deploymentId }),
  EarlierAlertFound: fc.record({ detectedAt: instant, impactStartedAt: instant }),
  ImpactIntervalCorrected: fc.record({
    interval: fc.integer({ min: 1, max: 3 }),
    startedAt: instant,
    endedAt: optional(instant),
  }),
};

const of = (first: FactType, ...types: FactType[]): fc.Arbitrary<readonly { type: FactType; data: object }[]> => {
  const event = (type: FactType) =>
    fc
      .tuple(fields[type] ?? fc.constant({}), instant)
      .map(([data, occurredAt]) => ({ type, data: { ...data, occurredAt } }));
  return fc
    .tuple(event(first), fc.array(fc.oneof(...types.map(event)), { maxLength: 6 }))
    .map(([head, rest]) => [head, ...rest]);
};

const stream = (name: string, events: ReturnType<typeof of>): fc.Arbitrary<readonly Fact[]> =>
  events.map(all => all.map((event, index) => ({ ...event, stream: name, version: index + 1 }) as unknown as Fact));

const deployment = of(
  'DeploymentRequested',
  'DeploymentKindCorrected',
  'DeploymentStarted',
  'TrafficTaken',
  'DeploymentSucceeded',
  'DeploymentFailed',
  'VerificationFailed',
  'DeploymentRolledBack',
  'DeploymentCanceled',
);
const incident = of(
  'IncidentDetected',
  'ImpactStartCorrected',
  'CauseConfirmed',
  'CauseRejected',
  'CauseWithdrawn',
  'ImpactIntervalCorrected',
  'EarlierAlertFound',
  'IncidentMitigated',
  'IncidentResolved',
  'IncidentReopened',
  'IncidentCanceled',
);
const release = of('ArtifactAttached', 'ArtifactAttached', 'ArtifactDetached');

const history = fc
  .tuple(
    ...['d1', 'd2', 'd3'].map(id => stream(`deployment-${id}`, deployment)),
    ...['i1', 'i2'].map(id => stream(`incident-${id}`, incident)),
    ...['r1', 'r2'].map(id => stream(`release-${id}`, release)),
    stream('environment-paris', of('EnvironmentRegistered', 'EnvironmentRegistered')),
    stream('service-checkout', of('ServiceRegistered', 'ServiceRegistered')),
  )
  .map(streams => streams.flat());

const scopes: readonly Scope[] = [{}, { serviceId: 'checkout' }, { serviceId: 'payments', environmentId: 'paris' }];
const report = (facts: readonly Fact[]) =>
  scopes.map(scope => definitions.map(({ figures }) => figures(knownOf(facts, scope), march)));

const disturbed = history.chain(facts =>
  fc.tuple(
    fc.constant(facts),
    fc
      .tuple(fc.shuffledSubarray([...facts], { minLength: facts.length }), fc.subarray([...facts]))
      .chain(([shuffled, again]) =>
        fc.shuffledSubarray([...shuffled, ...again], { minLength: shuffled.length + again.length }),
      ),
  ),
);

test('any order and any duplicates of the facts give the same report', () => {
  fc.assert(
    fc.property(disturbed, ([facts, others]) => expect(report(others)).toEqual(report(facts))),
    { numRuns: 200 },
  );
});

test('a change fail rate is never above 1, and no duration is negative', () => {
  fc.assert(
    fc.property(history, facts => {
      for (const figure of report(facts).flat(2)) {
        const most = figure.unit === 'ratio' ? figure.denominator : Number.POSITIVE_INFINITY;
        expect(figure.numerator).toBeLessThanOrEqual(most);
        for (const { seconds = 0 } of figure.population) expect(seconds).toBeGreaterThanOrEqual(0);
        expect(figure.value === null).toBe(figure.denominator === 0);
      }
    }),
    { numRuns: 200 },
  );
});

test('no incident is dropped: each is counted in some period, open, or canceled', () => {
  const ever = { from: 0, to: march.to + 86_400_000, now: march.to + 86_400_000 };
  const all = definitions.find(({ measure }) => measure === 'mttr')!;
  fc.assert(
    fc.property(history, facts => {
      const known = knownOf(facts);
      const figure = all.figures(known, ever).find(({ series }) => series === 'all')!;
      const seen = [...figure.population, ...figure.open]
        .map(({ id }) => id)
        .concat(figure.listed.flatMap(({ ids }) => ids));
      expect(seen.sort()).toEqual(known.incidentsInScope.map(({ id }) => id).sort());
    }),
    { numRuns: 200 },
  );
});

test('every type that is kept appears in these histories', () => {
  const types = new Set(fc.sample(history, { numRuns: 500, seed: 1 }).flatMap(facts => facts.map(({ type }) => type)));
  const updates = ['ServiceUpdated', 'EnvironmentUpdated'];
  expect([...types, ...updates].sort()).toEqual(Object.keys(kept).sort());
});
