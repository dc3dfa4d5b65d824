import { specification, stampOf } from '@slipway/event-sourcing';
import { author, bob, checkout, deployer, digest, held, payments, person } from './change.examples.ts';
import { decision, evaluate } from './decision.ts';
import { allowing, allowingRollback, changeFacts, question } from './decision.examples.ts';
import type { ChangeFacts, Facts, Need, Progress, ReleaseFacts } from './facts.ts';

const outcomes = (facts: Facts) =>
  Object.fromEntries(evaluate(facts).rules.map(({ rule, outcome }) => [rule, outcome]));
const withChange = (changes: Partial<ChangeFacts>): Facts => ({ ...allowing, change: { ...changeFacts, ...changes } });
const withRelease = (changes: Partial<ReleaseFacts>): Facts => ({
  ...allowing,
  releases: allowing.releases!.map(each => ({ ...each, ...changes })),
});
const asking = (changes: Partial<Facts['question']>): Facts => ({ ...allowing, question: { ...question, ...changes } });
const needing = (state: Need['state'], release: Need['release']): Facts =>
  withRelease({ needs: [{ name: 'REL-2', state, release }] });
const inWaves = (...earlier: readonly Progress[]): Facts => ({
  ...allowing,
  progress: [...earlier, { ...checkout, wave: 2, name: 'checkout in production', outcome: 'not-deployed' }],
});
const before = (outcome: Progress['outcome'], name = 'payments in production'): Progress => ({
  ...payments,
  name,
  outcome,
});
const reasonOf = (facts: Facts, of: string) => evaluate(facts).rules.find(({ rule }) => rule === of)?.reason;
const deployedBy = (changes: Parameters<typeof person>[1]): Facts => ({
  ...allowing,
  deployer: { ...allowing.deployer!, ...changes },
});

describe('a planned deployment to production', () => {
  test('is allowed for a minute when every rule says yes', () =>
    expect(evaluate(allowing)).toMatchObject({
      verdict: 'allow',
      changeId: 'c1',
      releaseId: 'r1',
      validUntil: '2026-03-02T11:01:00.000Z',
      roleGrantIds: ['g3', 'g1', 'g2'],
      inputs: [{ stream: 'change-c1', version: 5 }],
      position: 7,
    }));

  test('has every rule that applies in the answer', () =>
    expect(outcomes(allowing)).toEqual({
      'fresh-view': 'compliant',
      'change-authorized': 'compliant',
      'change-not-on-hold': 'compliant',
      'release-not-held': 'compliant',
      'release-ready': 'compliant',
      'release-dependencies-met': 'compliant',
      'content-unchanged': 'compliant',
      'digests-within-content': 'compliant',
      'target-within-envelope': 'compliant',
      'wave-order-met': 'compliant',
      'inside-window': 'compliant',
      'target-free': 'compliant',
      'deployer-resolvable': 'compliant',
      'deployer-permitted': 'compliant',
      'deployer-separate': 'compliant',
      'approval-grants-still-held': 'compliant',
    }));

  test('is not allowed beyond the last moment that leaves time to back out', () =>
    expect(evaluate({ ...allowing, at: '2026-03-02T13:29:30.000Z' }).validUntil).toBe('2026-03-02T13:30:00.000Z'));

  test.each<[string, string, Facts]>([
    ['fresh-view', 'error', { ...allowing, view: 'too-old' }],
    ['fresh-view', 'error', { ...allowing, view: 'incomplete' }],
    ['change-authorized', 'non-compliant', withChange({ status: 'authorize', envelope: null })],
    ['change-authorized', 'non-compliant', withChange({ status: 'review' })],
    ['change-not-on-hold', 'non-compliant', withChange({ onHold: true })],
    ['release-not-held', 'non-compliant', withRelease({ held: true })],
    ['release-ready', 'non-compliant', withRelease({ go: false })],
    ['release-ready', 'error', withRelease({ id: 'r2' })],
    ['release-dependencies-met', 'non-compliant', needing('Ready', { state: 'Authorized', deployments: [] })],
    ['release-dependencies-met', 'non-compliant', needing('EarlyLifeSupport', { state: 'Closed', deployments: [] })],
    ['release-dependencies-met', 'non-compliant', needing('Ready', null)],
    ['wave-order-met', 'non-compliant', inWaves(before('not-deployed'))],
    ['wave-order-met', 'non-compliant', inWaves(before('failed'))],
    ['wave-order-met', 'non-compliant', inWaves(before('running'))],
    ['wave-order-met', 'non-compliant', inWaves(before('rolled-back'))],
    ['wave-order-met', 'non-compliant', inWaves(before('rolling-back'))],
    ['wave-order-met', 'non-compliant', { ...allowing, progress: [before('succeeded')] }],
    ['wave-order-met', 'error', { ...allowing, progress: undefined }],
    ['content-unchanged', 'non-compliant', withRelease({ contentDigest: digest('0') })],
    ['content-unchanged', 'non-compliant', withChange({ contentDigest: digest('0') })],
    ['digests-within-content', 'non-compliant', asking({ digests: [digest('a'), digest('b')] })],
    ['digests-within-content', 'non-compliant', asking({ digests: [] })],
    ['digests-within-content', 'non-compliant', asking({ target: payments })],
    ['target-within-envelope', 'non-compliant', asking({ target: payments })],
    ['inside-window', 'non-compliant', { ...allowing, at: '2026-03-02T09:59:59.999Z' }],
    ['inside-window', 'non-compliant', { ...allowing, at: '2026-03-02T13:30:00.000Z' }],
    ['inside-window', 'error', withChange({ backoutMinutes: null })],
    ['inside-window', 'non-compliant', withChange({ backoutMinutes: 240 })],
    ['inside-window', 'non-compliant', withChange({ plannedMinutes: 151 })],
    ['target-free', 'non-compliant', { ...allowing, target: { ...allowing.target!, occupiedBy: 'd1' } }],
    [
      'deployer-resolvable',
      'non-compliant',
      { ...allowing, deployer: { pseudonym: deployer, aliases: [deployer], roleGrants: [] } },
    ],
    [
      'deployer-permitted',
      'non-compliant',
      deployedBy({ roleGrants: [held('g', { role: 'deployer', services: ['payments'] })] }),
    ],
    [
      'deployer-permitted',
      'non-compliant',
      deployedBy({ roleGrants: [held('g', { role: 'deployer', revoked: true })] }),
    ],
    ['deployer-separate', 'non-compliant', deployedBy({ aliases: [deployer, author] })],
    ['deployer-separate', 'non-compliant', deployedBy({ aliases: [deployer, bob] })],
    ['deployer-separate', 'non-compliant', deployedBy({ kind: 'service-account', aliases: [deployer, bob] })],
    [
      'approval-grants-still-held',
      'non-compliant',
      withChange({ approvals: [{ roleGrantId: 'g1', roleGrant: held('g1', { revoked: true }) }] }),
    ],
    [
      'approval-grants-still-held',
      'non-compliant',
      withChange({ approvals: [{ roleGrantId: 'g1', roleGrant: null }] }),
    ],
  ])('is denied: %s is %s', (rule, outcome, facts) => {
    expect(outcomes(facts)).toMatchObject({ [rule]: outcome });
    expect(evaluate(facts)).toMatchObject({ verdict: 'deny' });
    expect(evaluate(facts)).not.toHaveProperty('validUntil');
  });

  test('is denied when no change covers it, and says so everywhere', () => {
    const { change: _, releases: __, ...facts } = allowing;
    expect(evaluate(facts)).toMatchObject({ verdict: 'deny' });
    expect(outcomes(facts)).toMatchObject({ 'change-authorized': 'non-compliant', 'release-not-held': 'error' });
  });

  test('waits for the releases that it needs, which are named', () => {
    expect(evaluate(needing('Ready', { state: 'Deploying', deployments: [] }))).toMatchObject({ verdict: 'allow' });
    expect(reasonOf(needing('Ready', { state: 'Planned', deployments: [] }), 'release-dependencies-met')).toBe(
      'It waits for REL-2 to be Ready, which is Planned.',
    );
    expect(reasonOf(needing('Ready', null), 'release-dependencies-met')).toBe(
      'It waits for REL-2 to be Ready, which is not there.',
    );
  });

  test('waits for the waves before its own, whose targets are named, some of many', () => {
    expect(evaluate(inWaves(before('succeeded')))).toMatchObject({ verdict: 'allow' });
    expect(reasonOf(inWaves(before('failed')), 'wave-order-met')).toBe(
      'Wave 2 waits for payments in production of wave 1, which failed.',
    );
    const many = inWaves(...['a', 'b', 'c', 'd', 'e'].map(name => before('not-deployed', name)));
    expect(reasonOf(many, 'wave-order-met')).toMatch(/a of wave 1.*b of wave 1.*c of wave 1.*; 2 more\.$/);
  });

  test('does not wait for its own wave, nor for a later one', () => {
    const progress = [before('failed'), { ...checkout, name: 'checkout', outcome: 'failed' as const }];
    expect(evaluate({ ...allowing, progress })).toMatchObject({ verdict: 'allow' });
    const last = { ...before('not-deployed'), wave: 3 };
    expect(evaluate({ ...allowing, progress: [...allowing.progress!, last] })).toMatchObject({ verdict: 'allow' });
  });

  test('a subset of the authorized artifacts is allowed', () => {
    const artifacts = [...changeFacts.artifacts, { serviceId: 'payments', digest: digest('b') }];
    expect(evaluate(withChange({ artifacts })).rules).toContainEqual(
      expect.objectContaining({
        rule: 'digests-within-content',
        outcome: 'compliant',
        reason: '1 of the 2 authorized artifacts.',
      }),
    );
  });

  test('the time that is planned must be left at the first start, not at those that follow', () => {
    expect(evaluate(withChange({ plannedMinutes: 149 }))).toMatchObject({ verdict: 'allow' });
    expect(evaluate(withChange({ plannedMinutes: 151, status: 'implement' }))).toMatchObject({ verdict: 'allow' });
  });

  test('a change without a release needs none', () =>
    expect(evaluate({ ...withChange({ releaseIds: [] }), releases: [] })).toMatchObject({ verdict: 'allow' }));

  test('a service account may act for an author', () =>
    expect(evaluate(deployedBy({ kind: 'service-account', aliases: [deployer, author] }))).toMatchObject({
      verdict: 'allow',
    }));

  test('its own occupation does not stand in its way', () =>
    expect(evaluate({ ...allowing, target: { ...allowing.target!, occupiedBy: 'd2' } })).toMatchObject({
      verdict: 'allow',
    }));

  test('says when time alone opens', () =>
    expect(evaluate({ ...allowing, at: '2026-03-02T08:00:00.000Z' })).toMatchObject({
      verdict: 'deny',
      nextOpening: '2026-03-02T10:00:00Z',
    }));

  test('says the latest opening when several must open', () => {
    const roleGrants = [held('g', { role: 'deployer', from: '2026-03-02T12:00:00Z' })];
    expect(evaluate({ ...deployedBy({ roleGrants }), at: '2026-03-02T08:00:00.000Z' })).toMatchObject({
      nextOpening: '2026-03-02T12:00:00Z',
    });
  });

  test('says no opening when time alone does not help', () => {
    expect(evaluate({ ...withRelease({ held: true }), at: '2026-03-02T08:00:00.000Z' })).not.toHaveProperty(
      'nextOpening',
    );
    const early = { ...needing('Ready', null), at: '2026-03-02T08:00:00.000Z' };
    expect(evaluate(early)).not.toHaveProperty('nextOpening');
    expect(evaluate({ ...inWaves(before('running')), at: early.at })).not.toHaveProperty('nextOpening');
    const roleGrants = [held('g', { role: 'deployer', from: '2026-03-02T13:30:00Z' })];
    expect(evaluate({ ...deployedBy({ roleGrants }), at: '2026-03-02T08:00:00.000Z' })).not.toHaveProperty(
      'nextOpening',
    );
  });
});

describe('a rollback', () => {
  test('is decided on what is known: window, approval and release are recorded', () => {
    const facts: Facts = {
      ...allowingRollback,
      view: 'too-old',
      at: '2026-03-09T11:00:00.000Z',
      change: { ...changeFacts, status: 'review', onHold: true, approvals: [{ roleGrantId: 'g1', roleGrant: null }] },
      releases: withRelease({
        held: true,
        go: false,
        contentDigest: digest('0'),
        needs: [{ name: 'REL-2', state: 'Closed', release: null }],
      }).releases,
      progress: inWaves(before('rolled-back')).progress,
    };
    expect(evaluate(facts)).toMatchObject({ verdict: 'allow', validUntil: '2026-03-09T11:01:00.000Z' });
    expect(outcomes(facts)).toEqual({
      'fresh-view': 'recorded',
      'change-authorized': 'recorded',
      'change-not-on-hold': 'recorded',
      'release-not-held': 'recorded',
      'release-ready': 'recorded',
      'release-dependencies-met': 'recorded',
      'content-unchanged': 'recorded',
      'rollback-returns-to-previous': 'compliant',
      'target-within-envelope': 'compliant',
      'wave-order-met': 'recorded',
      'inside-window': 'recorded',
      'target-free': 'compliant',
      'deployer-resolvable': 'compliant',
      'deployer-permitted': 'compliant',
      'deployer-separate': 'compliant',
      'approval-grants-still-held': 'recorded',
    });
  });

  test('needs no change to be found', () => {
    const { change: _, releases: __, ...facts } = allowingRollback;
    expect(evaluate(facts)).toMatchObject({ verdict: 'allow' });
  });

  test('pre-empts the deployment that it undoes', () =>
    expect(evaluate({ ...allowingRollback, target: { ...allowingRollback.target!, occupiedBy: 'd1' } })).toMatchObject({
      verdict: 'allow',
    }));

  test('of a deployment that never went live returns to what still is', () =>
    expect(
      evaluate({
        ...allowingRollback,
        target: {
          occupiedBy: 'd1',
          live: { deploymentId: 'd0', digests: [digest('8')] },
          liveBefore: { deploymentId: 'd0', digests: [digest('8')] },
        },
      }),
    ).toMatchObject({ verdict: 'allow' }));

  test.each<[string, Facts]>([
    [
      'rollback-returns-to-previous',
      { ...allowingRollback, question: { ...allowingRollback.question, digests: [digest('7')] } },
    ],
    ['rollback-returns-to-previous', { ...allowingRollback, question: { ...allowingRollback.question, digests: [] } }],
    [
      'rollback-returns-to-previous',
      { ...allowingRollback, target: { ...allowingRollback.target!, liveBefore: null } },
    ],
    [
      'rollback-returns-to-previous',
      {
        ...allowingRollback,
        target: { ...allowingRollback.target!, live: { deploymentId: 'd7', digests: [digest('7')] } },
      },
    ],
    ['target-free', { ...allowingRollback, target: { ...allowingRollback.target!, occupiedBy: 'd7' } }],
    ['deployer-permitted', { ...allowingRollback, deployer: { ...allowingRollback.deployer!, roleGrants: [] } }],
    ['deployer-separate', { ...allowingRollback, authors: [deployer] }],
  ])('is denied by %s', (rule, facts) => {
    expect(outcomes(facts)).toMatchObject({ [rule]: 'non-compliant' });
    expect(evaluate(facts)).toMatchObject({ verdict: 'deny' });
  });
});

describe('a redeployment', () => {
  const redeploying = asking({ kind: 'redeploy', digests: [digest('9')] });

  test('of what is live needs no change and no window', () => {
    const { change: _, releases: __, ...facts } = { ...redeploying, at: '2026-04-01T00:00:00.000Z' };
    expect(evaluate(facts)).toMatchObject({ verdict: 'allow' });
  });

  test('of anything else is denied', () =>
    expect(outcomes(asking({ kind: 'redeploy' }))).toMatchObject({ 'redeploys-live-content': 'non-compliant' }));
});

describe('before production', () => {
  const staging: Facts = {
    ...withChange({ status: 'new', envelope: null }),
    production: false,
    at: '2020-01-01T00:00:00.000Z',
  };
  const deployable = {
    ...staging,
    deployer: { ...allowing.deployer!, roleGrants: [held('g', { role: 'deployer', from: '2019-01-01T00:00:00Z' })] },
  };

  test('lock and deployer are required, the rest is said to be not', () => {
    expect(evaluate(deployable)).toMatchObject({ verdict: 'allow' });
    expect(outcomes(deployable)).toEqual({
      'fresh-view': 'compliant',
      'before-production-only': 'recorded',
      'digests-within-content': 'compliant',
      'target-free': 'compliant',
      'deployer-resolvable': 'compliant',
      'deployer-permitted': 'compliant',
      'deployer-separate': 'compliant',
    });
  });

  test('an author may deploy there', () =>
    expect(evaluate({ ...deployable, authors: [deployer] })).toMatchObject({ verdict: 'allow' }));

  test('an environment that is not known counts as production', () =>
    expect(evaluate({ ...deployable, production: undefined })).toMatchObject({ verdict: 'deny' }));
});

describe('the record of a decision', () => {
  const given = specification(decision);
  const command = { type: 'TakeDecision' as const, data: { facts: allowing }, stamp: stampOf(deployer) };

  test('keeps the whole answer', () =>
    expect(given().when(command)).toEqual([
      { type: 'DecisionTaken', data: { ...evaluate(allowing), ...stampOf(deployer) } },
    ]));

  test('is taken once', () => {
    const [taken] = given().when(command) as readonly never[];
    expect(given(taken as never).when(command)).toEqual([]);
  });
});
