import { after, minutesBetween } from '@slipway/canonical';
import fc from 'fast-check';
import {
  candidatesOf,
  type Dependency,
  type Moment,
  MOST_CANDIDATES,
  type Rollout,
  type Situation,
} from './scoring.ts';

const IMPACT = '2026-11-21T07:09:11.817Z';
const situation: Situation = { serviceIds: ['checkout'], environmentId: 'production', impactStartedAt: IMPACT };
const before = (minutes: number): string => after(IMPACT, { minutes: -minutes });
const traffic = (minutes: number): Moment => ({ moment: 'took-traffic', at: before(minutes) });
const rollout = (deploymentId: string, more: Partial<Rollout> = {}): Rollout => ({
  deploymentId,
  serviceId: 'checkout',
  environmentId: 'production',
  production: true,
  moments: [traffic(60)],
  verificationFailed: false,
  ...more,
});
const ids = (rollouts: readonly Rollout[], dependencies: readonly Dependency[] = []) =>
  candidatesOf(situation, rollouts, dependencies).map(each => each.deploymentId);

describe('a score', () => {
  test('is the sum of reasons in words', () =>
    expect(
      candidatesOf(
        situation,
        [
          rollout('d1', {
            changeId: 'c1',
            moments: [{ moment: 'started', at: before(120) }, traffic(60)],
            verificationFailed: true,
          }),
        ],
        [],
      ),
    ).toEqual([
      {
        deploymentId: 'd1',
        changeId: 'c1',
        score: 66.7,
        reasons: [
          { reason: 'took-traffic', points: 15, detail: 'it took traffic 60 minutes before the impact' },
          { reason: 'started', points: 1.7, detail: 'it started 2 hours before the impact' },
          { reason: 'same-service', points: 30, detail: 'it changed a service that is affected' },
          { reason: 'verification-failed', points: 20, detail: 'its verification failed' },
        ],
      },
    ]));

  test('counts the distance up and down the dependencies', () => {
    const chain = [
      { serviceId: 'checkout', dependsOn: 'payment' },
      { serviceId: 'payment', dependsOn: 'vault' },
      { serviceId: 'frontend', dependsOn: 'checkout' },
    ];
    const of = (serviceId: string) => candidatesOf(situation, [rollout('d', { serviceId })], chain)[0]?.reasons.at(-1);
    expect(of('payment')).toEqual({
      reason: 'upstream',
      points: 20,
      detail: 'an affected service depends on what it changed',
    });
    expect(of('vault')).toMatchObject({
      reason: 'upstream',
      points: 12,
      detail: expect.stringContaining('2 steps away'),
    });
    expect(of('frontend')).toMatchObject({ reason: 'downstream', points: 8 });
    expect(of('stranger')).toMatchObject({ reason: 'took-traffic' });
  });

  test('of a cycle takes the direction that says more', () => {
    const cycle = [
      { serviceId: 'checkout', dependsOn: 'payment' },
      { serviceId: 'payment', dependsOn: 'checkout' },
    ];
    expect(candidatesOf(situation, [rollout('d', { serviceId: 'payment' })], cycle)[0]?.reasons.slice(1)).toMatchObject(
      [{ reason: 'upstream', points: 20 }],
    );
  });
});

describe('in reach', () => {
  test('is what happened in the 24 hours before the impact, the moment of it included', () =>
    expect(
      ids([
        rollout('now', { moments: [traffic(0)] }),
        rollout('after', { moments: [traffic(-1)] }),
        rollout('day', { moments: [traffic(24 * 60)] }),
        rollout('old', { moments: [traffic(24 * 60 + 1)] }),
        rollout('none', { moments: [] }),
      ]),
    ).toEqual(['now', 'day']));

  test('is the same environment; any of production when the incident names none', () => {
    const rollouts = [
      rollout('here'),
      rollout('there', { environmentId: 'eu' }),
      rollout('test', { environmentId: 'test', production: false }),
    ];
    expect(ids(rollouts)).toEqual(['here']);
    const { environmentId: _, ...anywhere } = situation;
    expect(candidatesOf(anywhere, rollouts, []).map(each => each.deploymentId)).toEqual(['here', 'there']);
  });
});

const services = ['checkout', 'payment', 'vault', 'frontend', 'stranger'];
const aMoment = fc.record({
  moment: fc.constantFrom<Moment['moment']>('started', 'step', 'took-traffic', 'finished'),
  at: fc.integer({ min: -600, max: 3_000 }).map(before),
});
const aRollout = fc.record({
  serviceId: fc.constantFrom(...services),
  environmentId: fc.constantFrom('production', 'eu'),
  production: fc.boolean(),
  moments: fc.array(aMoment, { maxLength: 6 }),
  verificationFailed: fc.boolean(),
});
const rollouts = fc
  .array(aRollout, { maxLength: 25 })
  .map(each => each.map((one, index) => ({ ...one, deploymentId: `d${String(index).padStart(2, '0')}` })));
const graph = fc.uniqueArray(
  fc.record({ serviceId: fc.constantFrom(...services), dependsOn: fc.constantFrom(...services) }),
  {
    maxLength: 8,
    selector: edge => `${edge.serviceId} ${edge.dependsOn}`,
  },
);

describe('whatever was deployed', () => {
  test('any order of deployments, of their moments and of dependencies gives the same candidates', () =>
    fc.assert(
      fc.property(
        rollouts.chain(all =>
          fc.record({
            all: fc.constant(all),
            shuffled: fc.shuffledSubarray(all, { minLength: all.length }),
            seed: fc.boolean(),
          }),
        ),
        graph.chain(edges => fc.tuple(fc.constant(edges), fc.shuffledSubarray(edges, { minLength: edges.length }))),
        ({ all, shuffled, seed }, [edges, shuffledEdges]) => {
          const turned = seed ? shuffled.map(each => ({ ...each, moments: each.moments.toReversed() })) : shuffled;
          expect(candidatesOf(situation, turned, shuffledEdges)).toEqual(candidatesOf(situation, all, edges));
        },
      ),
    ));

  test('an older deployment of the same kind never outranks a newer one', () =>
    fc.assert(
      fc.property(rollouts, graph, aRollout, fc.integer({ min: 0, max: 600 }), (others, edges, one, minutes) => {
        const newer = { ...one, deploymentId: 'newer' };
        const older = {
          ...one,
          deploymentId: 'older',
          moments: one.moments.map(({ moment, at }) => ({ moment, at: after(at, { minutes: -minutes }) })),
        };
        // What happened after the impact counts for nothing, so it must not come into reach by being older.
        fc.pre(one.moments.every(({ at }) => minutesBetween(at, IMPACT) >= 0));
        const ranked = ids([older, ...others, newer], edges);
        // Only what is among the ten has a rank; the same moment is no older.
        const isRanked = minutes > 0 && ranked.includes('older');
        const ofBoth = ranked.filter(each => each === 'newer' || each === 'older');
        expect(isRanked ? ofBoth : ['newer', 'older']).toEqual(['newer', 'older']);
        const scores = new Map(
          candidatesOf(situation, [older, newer], edges).map(each => [each.deploymentId, each.score]),
        );
        expect(scores.get('newer') ?? 0).toBeGreaterThanOrEqual(scores.get('older') ?? 0);
      }),
    ));

  test('there are at most ten, best first, each with reasons that add up', () =>
    fc.assert(
      fc.property(rollouts, graph, (all, edges) => {
        const candidates = candidatesOf(situation, all, edges);
        expect(candidates.length).toBeLessThanOrEqual(MOST_CANDIDATES);
        expect(candidates.map(each => each.score)).toEqual(
          candidates.map(each => each.score).toSorted((a, b) => b - a),
        );
        for (const { score, reasons } of candidates) {
          expect(reasons.reduce((sum, { points }) => sum + points, 0)).toBeCloseTo(score, 6);
          for (const { points, detail } of reasons) expect([points >= 0, detail.length > 0]).toEqual([true, true]);
        }
      }),
    ));

  test('a failed verification never lowers a deployment', () =>
    fc.assert(
      fc.property(rollouts, graph, (all, edges) => {
        const rank = (some: readonly Rollout[]) => ids(some, edges).indexOf('d00');
        const failed = all.map(each => (each.deploymentId === 'd00' ? { ...each, verificationFailed: true } : each));
        const passed = all.map(each => (each.deploymentId === 'd00' ? { ...each, verificationFailed: false } : each));
        expect(rank(passed) >= 0 && (rank(failed) < 0 || rank(failed) > rank(passed))).toBe(false);
      }),
    ));
});
