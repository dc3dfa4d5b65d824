import { specification, type Stamped } from '@slipway/event-sourcing';
import { builtIn } from './approval-policy.ts';
import { change } from './change.ts';
import {
  after,
  ann,
  approved,
  bob,
  checkout,
  command,
  contentWith,
  digest,
  granting,
  person,
  proposal,
  proposing,
  raising,
  risk,
  typesOf,
} from './change.examples.ts';
import type { PlanKind } from './change-state.ts';
import type { PlanChange } from './plans.ts';
import type { RaiseChange, ReviseChange } from './proposals.ts';

const given = specification(change);
const planning = (kind: PlanKind, letter = '5', minutes?: number): Stamped<PlanChange> =>
  command<PlanChange>('PlanChange', {
    risk,
    policy: builtIn,
    plan: { kind, steps: 'sealed:v1:x', digest: digest(letter), ...(minutes && { minutes }) },
  });

const { rollbackPlan: _, ...bare } = contentWith('a');
const { backoutMinutes: __, ...unplanned } = proposing(bare);
const raisingOwn = (proposed = proposing(contentWith('a'))): Stamped<RaiseChange> => ({
  ...raising(),
  data: { ...raising().data, releaseIds: [], proposal: proposed },
});
const own = [raisingOwn(), granting(person(ann)), granting(person(bob))];

describe('a change of its own content', () => {
  test('is planned, which is part of what is approved', () =>
    expect(given(...after(...own)).when(planning('implementation'))).toMatchObject([
      { type: 'ChangePlanned', data: { kind: 'implementation', digest: digest('5') } },
      { type: 'ChangeRevised', data: { difference: [{ path: '/content/deploymentPlan', before: null }] } },
      { type: 'ApprovalVoided' },
      { type: 'ApprovalVoided' },
      { type: 'RiskAssessed' },
      { type: 'ApprovalRequested' },
    ]));

  test('has another back-out plan, and another time that it takes', () =>
    expect(given(...after(...own)).when(planning('back-out', '6', 90))).toMatchObject([
      { type: 'ChangePlanned', data: { kind: 'back-out', minutes: 90 } },
      {
        type: 'ChangeRevised',
        data: {
          difference: [{ path: '/backoutMinutes', before: 30, after: 90 }, { path: '/content/rollbackPlan' }],
        },
      },
      {},
      {},
      {
        type: 'RiskAssessed',
        data: { factors: expect.arrayContaining([{ factor: 'back-out', points: 10, reason: expect.any(String) }]) },
      },
      {},
    ]));

  test('is tested in another way without a word to who approved it', () =>
    expect(typesOf(given(...after(...own)).when(planning('test')))).toEqual(['ChangePlanned']));

  test.each(['implementation', 'test', 'back-out'] as const)('the same %s plan again is already so', kind =>
    expect(given(...after(...own, planning(kind, '7', 15))).when(planning(kind, '7', 15))).toEqual([]),
  );

  test('keeps its plans when its content is revised without them', () => {
    const planned = after(raisingOwn(proposing(bare)), planning('implementation'), planning('back-out', '6', 90));
    const revised = command<ReviseChange>('ReviseChange', {
      proposal: { ...unplanned, window: { start: '2026-03-03T10:00:00Z', end: '2026-03-03T14:00:00Z' } },
      risk,
      policy: builtIn,
    });
    expect(given(...planned).when(revised)).toMatchObject([
      {
        type: 'ChangeRevised',
        data: {
          difference: [{ path: '/window' }],
          content: { deploymentPlan: digest('5'), rollbackPlan: digest('6') },
          backoutMinutes: 90,
        },
      },
      {},
      {},
    ]);
  });

  test('says how long backing out takes', () =>
    expect(given(...after(...own)).when(planning('back-out'))).toMatchObject({ rejected: 'back-out-time-missing' }));

  const running = after(...own, command('RecordAttempt', { deploymentId: 'd1', target: checkout }));
  test('is not planned anew while it is implemented, but tested', () => {
    expect(given(...running).when(planning('implementation'))).toMatchObject({ rejected: 'change-in-implementation' });
    expect(typesOf(given(...running).when(planning('test')))).toEqual(['ChangePlanned']);
  });
});

describe('a change of a release', () => {
  test('is backed out of by the plan of its release', () =>
    expect(given(...after(...approved)).when(planning('back-out', '6', 90))).toMatchObject({
      rejected: 'content-comes-from-release',
    }));

  test('has an implementation plan beside the content, which who approves it approves too', () => {
    const planned = after(...approved, planning('implementation'));
    expect(planned.slice(after(...approved).length)).toMatchObject([
      { type: 'ChangePlanned' },
      {
        type: 'ChangeRevised',
        data: { contentDigest: proposal.contentDigest, difference: [{ path: '/implementationPlan' }] },
      },
      { type: 'ApprovalVoided' },
      { type: 'ApprovalVoided' },
      {},
      {},
    ]);
    const follows = command('ProposeChange', { ...raising().data, releaseOpen: true });
    expect(given(...planned).when(follows)).toEqual([]);
  });
});

describe('an approval', () => {
  test.each([
    ['without a plan', proposing(bare)],
    ['without the time that it takes', (({ backoutMinutes: ___, ...rest }) => rest)(proposing(contentWith('a')))],
  ])('of what cannot be backed out of, %s, is refused', (_name, proposed) => {
    const approving = granting(person(ann), { contentDigest: proposed.contentDigest });
    expect(given(...after(raisingOwn(proposed))).when(approving)).toMatchObject({ rejected: 'back-out-plan-missing' });
  });

  test('is possible once there is a plan', () => {
    const planned = after(raisingOwn(unplanned), planning('back-out', '6', 90));
    const content = { ...bare, rollbackPlan: digest('6') };
    expect(
      typesOf(given(...planned).when(granting(person(ann), { contentDigest: proposing(content).contentDigest }))),
    ).toEqual(['ApprovalGranted']);
  });
});
