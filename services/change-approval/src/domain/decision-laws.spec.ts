import type { ReleaseDeployment, ReleaseState } from '@slipway/contracts';
import fc from 'fast-check';
import { author, bob, checkout, deployer, digest, held, payments } from './change.examples.ts';
import { evaluate } from './decision.ts';
import { allowing, changeFacts, question } from './decision.examples.ts';
import type { Facts, Progress, ReleaseFacts } from './facts.ts';

describe('laws', () => {
  const roleGrant = fc.record({
    id: fc.constantFrom('g1', 'g2'),
    role: fc.constantFrom('deployer', 'change-approver'),
    services: fc.constantFrom('all' as const, ['checkout'], ['payments']),
    environments: fc.constantFrom('all' as const, ['production']),
    from: fc.constantFrom('2026-01-01T00:00:00Z', '2026-03-02T12:00:00Z'),
    to: fc.constantFrom(null, '2026-03-02T10:30:00Z', '2026-03-02T11:00:30Z'),
    revoked: fc.boolean(),
  });
  const live = fc.constantFrom(
    null,
    { deploymentId: 'd0', digests: [digest('8')] },
    { deploymentId: 'd1', digests: [digest('9')] },
  );
  /** However many others there are, so that a good part of all questions is allowed. */
  const mostly = <Value>(value: Value, ...others: readonly Value[]): fc.Arbitrary<Value> =>
    fc.oneof(
      { weight: 9 * Math.ceil(others.length / 2), arbitrary: fc.constant(value) },
      ...others.map(other => ({ weight: 1, arbitrary: fc.constant(other) })),
    );
  const release = (needed: ReleaseState, state: ReleaseState, outcome: ReleaseDeployment['outcome']): ReleaseFacts => {
    const deployment = {
      deploymentId: 'd9',
      serviceId: 'cart',
      environmentId: 'production',
      outcome,
      tookTraffic: true,
    };
    return {
      ...allowing.releases![0]!,
      needs: [{ name: 'REL-2', state: needed, release: { state, deployments: [deployment] } }],
    };
  };
  const later: Progress = { ...checkout, wave: 2, name: 'checkout in production', outcome: 'not-deployed' };
  const before = (outcome: Progress['outcome']): Progress => ({ ...payments, name: 'payments in production', outcome });
  const facts: fc.Arbitrary<Facts> = fc.record({
    question: fc.record({
      deploymentId: fc.constant('d2'),
      kind: mostly<Facts['question']['kind']>('planned', 'rollback', 'redeploy', 'hotfix'),
      target: mostly(question.target, payments),
      digests: mostly([digest('a')], [digest('8')], [digest('9')], []),
      deployer: fc.constant(deployer),
      undoes: fc.constant('d1'),
    }),
    at: mostly(
      '2026-03-02T11:00:00.000Z',
      '2026-03-02T09:00:00.000Z',
      '2026-03-02T13:29:59.000Z',
      '2026-03-02T13:40:00.000Z',
    ),
    view: mostly<'complete' | 'too-old' | 'incomplete'>('complete', 'too-old', 'incomplete'),
    production: mostly(true, false),
    change: fc.record({
      id: fc.constant('c1'),
      status: mostly('scheduled', 'implement', 'authorize', 'review'),
      onHold: mostly(false, true),
      envelope: mostly(changeFacts.envelope, null),
      contentDigest: mostly(changeFacts.contentDigest, digest('0')),
      window: fc.constant(changeFacts.window),
      plannedMinutes: mostly<number | null>(null, 60, 300),
      backoutMinutes: mostly<number | null>(30, 300, null),
      artifacts: fc.constant(changeFacts.artifacts),
      releaseIds: mostly(['r1'], [], ['r2']),
      approvers: mostly([bob], [deployer]),
      approvals: fc.array(
        fc.record({
          roleGrantId: fc.constant('g1'),
          roleGrant: fc.oneof(roleGrant, fc.constant(held('g1')), fc.constant(null)),
        }),
        { maxLength: 2 },
      ),
    }),
    releases: mostly(
      allowing.releases!,
      [],
      [{ id: 'r1', contentDigest: changeFacts.contentDigest, held: true, go: true, needs: [] }],
      [release('EarlyLifeSupport', 'EarlyLifeSupport', 'succeeded')],
      [release('EarlyLifeSupport', 'Closed', 'rolled-back')],
      [release('Ready', 'Planned', 'failed')],
    ),
    progress: mostly(
      allowing.progress!,
      [],
      [later, before('succeeded')],
      [later, before('rolled-back')],
      [later, before('not-deployed')],
    ),
    target: fc.record({ occupiedBy: mostly<string | null>(null, 'd1', 'd2', 'd3'), live, liveBefore: live }),
    deployer: fc.record({
      pseudonym: fc.constant(deployer),
      kind: mostly<'person' | 'service-account'>('person', 'service-account'),
      aliases: mostly([deployer], [deployer, author]),
      roleGrants: fc.oneof(
        { weight: 4, arbitrary: fc.constant([held('g3', { role: 'deployer' })]) },
        { weight: 1, arbitrary: fc.array(roleGrant, { maxLength: 3 }) },
      ),
    }),
    authors: mostly([author], [deployer], []),
    position: fc.nat(),
    inputs: fc.constant([]),
    timeZoneDataVersion: fc.constant('2026a'),
  });
  const runs = { numRuns: 3_000 };

  test('fail closed: a fact less never turns a deny into an allow', () => {
    let denied = 0;
    fc.assert(
      fc.property(facts, some => {
        if (evaluate(some).verdict === 'allow') return;
        denied += 1;
        expect(factPaths(some).filter(path => evaluate(without(some, path)).verdict === 'allow')).toEqual([]);
      }),
      { numRuns: 600 },
    );
    expect(denied).toBeGreaterThan(200);
  });

  test('an allow has no required rule that is not compliant, and ends within a minute', () => {
    let allowed = 0;
    fc.assert(
      fc.property(facts, some => {
        const { verdict, rules, validUntil = '' } = evaluate(some);
        if (verdict === 'deny') return;
        allowed += 1;
        expect(rules.filter(({ outcome }) => outcome !== 'compliant' && outcome !== 'recorded')).toEqual([]);
        expect(Date.parse(validUntil)).toBeLessThanOrEqual(Date.parse(some.at) + 60_000);
        expect(Date.parse(validUntil)).toBeGreaterThan(Date.parse(some.at));
      }),
      runs,
    );
    expect(allowed).toBeGreaterThan(200);
  });

  test('at the next opening the answer is yes, and until an allow ends it stays yes', () => {
    fc.assert(
      fc.property(facts, some => {
        const { validUntil, nextOpening } = evaluate(some);
        const instants = [...(nextOpening ? [nextOpening] : []), ...(validUntil ? [justBefore(validUntil)] : [])];
        expect(instants.filter(at => evaluate({ ...some, at }).verdict === 'deny')).toEqual([]);
      }),
      runs,
    );
  });

  test('the same facts give the same answer', () =>
    fc.assert(fc.property(facts, some => expect(evaluate(structuredClone(some))).toEqual(evaluate(some)))));

  const justBefore = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();

  /** Every key below the facts about the world, at any depth; what is asked and when are no facts. */
  const factPaths = (some: Facts): readonly (readonly string[])[] =>
    Object.entries(some)
      .filter(
        ([key]) =>
          key !== 'question' && key !== 'at' && key !== 'inputs' && key !== 'position' && key !== 'timeZoneDataVersion',
      )
      .flatMap(([key, value]) => [[key], ...below(value).map(path => [key, ...path])]);

  const below = (value: unknown): readonly (readonly string[])[] =>
    typeof value !== 'object' ||
    value === null ||
    (Array.isArray(value) && value.every(each => typeof each !== 'object'))
      ? []
      : Object.entries(value).flatMap(([key, item]) => [
          ...(Array.isArray(value) ? [] : [[key]]),
          ...below(item).map(path => [key, ...path]),
        ]);

  const without = (some: Facts, path: readonly string[]): Facts => {
    const copy = structuredClone(some) as unknown as Record<string, unknown>;
    const parent = path
      .slice(0, -1)
      .reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, copy);
    delete parent[path.at(-1) ?? ''];
    return copy as unknown as Facts;
  };
});
