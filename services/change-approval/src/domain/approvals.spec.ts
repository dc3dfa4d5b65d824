import { specification, type Stamped, stampOf } from '@slipway/event-sourcing';
import type { RejectApproval } from './approvals.ts';
import { change } from './change.ts';
import {
  after,
  ann,
  approved,
  author,
  bob,
  builder,
  command,
  contentWith,
  deployer,
  digest,
  granting,
  held,
  person,
  proposal,
  proposing,
  raising,
  rita,
  typesOf,
} from './change.examples.ts';
import type { Slots } from './change-state.ts';
import { builtIn } from './approval-policy.ts';
import type { RequestApprovals, ReviseChange } from './proposals.ts';

const given = specification(change);
const raised = after(raising());
const oneApproved = after(raising(), granting(person(ann)));

const rejecting = (approver = person(ann)): Stamped<RejectApproval> => ({
  ...granting(approver),
  type: 'RejectApproval',
  data: { ...granting(approver).data, comment: 'sealed:v1:no' },
});

const withSlots = (normal: Slots['normal']) => {
  const policy = { policyVersion: '2', slots: { ...builtIn.slots, normal } };
  return { ...raising(), data: { ...raising().data, policy } };
};

describe('granting', () => {
  test('names the grant it relies on', () =>
    expect(given(...raised).when(granting(person(ann), { comment: 'sealed:v1:fine' }))).toMatchObject([
      {
        type: 'ApprovalGranted',
        data: {
          slot: 'change-approvers',
          approver: ann,
          roleGrantId: 'grant-of-2',
          contentDigest: proposal.contentDigest,
          comment: 'sealed:v1:fine',
        },
      },
    ]));

  test('the last one authorizes the envelope and schedules', () =>
    expect(given(...oneApproved).when(granting(person(bob)))).toMatchObject([
      { type: 'ApprovalGranted' },
      {
        type: 'ChangeAuthorized',
        data: {
          authorization: 'approved',
          envelope: {
            contentDigest: proposal.contentDigest,
            targets: proposal.content.targets,
            notBefore: proposal.window.start,
            notAfter: proposal.window.end,
            riskLevel: 'low',
            model: 'normal',
          },
        },
      },
      { type: 'ChangeScheduled', data: { window: proposal.window } },
    ]));

  test('one is enough for an emergency', () =>
    expect(typesOf(given(...after(raising('emergency'))).when(granting(person(ann))))).toEqual([
      'ApprovalGranted',
      'ChangeAuthorized',
      'ChangeScheduled',
    ]));

  test('again is already so', () => expect(given(...oneApproved).when(granting(person(ann)))).toEqual([]));

  test('again under another alias is already so', () =>
    expect(given(...oneApproved).when(granting(person(bob, { aliases: [bob, ann] })))).toEqual([]));

  test.each([
    ['approver-unresolved', { pseudonym: ann, aliases: [ann], roleGrants: [] }],
    ['approver-is-service-account', person(ann, { kind: 'service-account' })],
    ['approver-is-requester', person(ann, { aliases: [ann, rita] })],
    ['approver-is-commit-author', person(ann, { aliases: [ann, author] })],
    ['approver-is-builder', person(ann, { aliases: [ann, builder] })],
    ['approver-is-deployer', person(deployer)],
    ['role-not-held', person(ann, { roleGrants: [] })],
    ['role-not-held', person(ann, { roleGrants: [held('g', { role: 'deployer' })] })],
    ['role-not-held', person(ann, { roleGrants: [held('g', { revoked: true })] })],
    ['role-not-held', person(ann, { roleGrants: [held('g', { to: '2026-03-02T09:00:00Z' })] })],
    ['role-not-held', person(ann, { roleGrants: [held('g', { from: '2026-03-02T09:00:01Z' })] })],
    ['role-not-held', person(ann, { roleGrants: [held('g', { services: ['payments'] })] })],
    ['role-not-held', person(ann, { roleGrants: [held('g', { environments: ['staging'] })] })],
  ])('is refused with %s', (rejected, approver) =>
    expect(given(...raised).when(granting(approver, { deployers: [deployer] }))).toMatchObject({ rejected }),
  );

  test('is refused to whoever revised it', () => {
    const revising = command<ReviseChange>('ReviseChange', {
      ...raising().data,
      proposal: proposing(contentWith('b')),
    });
    const own = { ...raising(), data: { ...raising().data, releaseIds: [] } };
    const revised = after(own, { ...revising, stamp: stampOf(bob) });
    const seen = { contentDigest: proposing(contentWith('b')).contentDigest };
    expect(given(...revised).when(granting(person(bob), seen))).toMatchObject({ rejected: 'approver-is-requester' });
    expect(typesOf(given(...revised).when(granting(person(ann), seen)))).toEqual(['ApprovalGranted']);
  });

  test('one person fills one slot', () => {
    const slots = after(
      withSlots([
        { slot: 'quality', role: 'change-approver', concern: 'quality', count: 1 },
        { slot: 'security', role: 'change-approver', concern: 'security', count: 1 },
      ]),
      granting(person(ann), { slot: 'quality' }),
    );
    expect(given(...slots).when(granting(person(ann), { slot: 'security' }))).toMatchObject({
      rejected: 'approver-has-a-slot',
    });
    expect(given(...slots).when(granting(person(bob), { slot: 'quality' }))).toMatchObject({ rejected: 'slot-filled' });
    expect(given(...slots).when(granting(person(bob), { slot: 'cost' }))).toMatchObject({ rejected: 'unknown-slot' });
    expect(typesOf(given(...slots).when(granting(person(bob))))).toContain('ChangeAuthorized');
  });

  test('says which slot when more than one is open', () => {
    const slots = withSlots([
      { slot: 'quality', role: 'change-approver', concern: 'quality', count: 1 },
      { slot: 'security', role: 'change-approver', concern: 'security', count: 1 },
    ]);
    expect(given(...after(slots)).when(granting(person(ann)))).toMatchObject({ rejected: 'slot-required' });
  });

  test('of content that changed meanwhile is refused', () =>
    expect(given(...raised).when(granting(person(ann), { contentDigest: digest('0') }))).toMatchObject({
      rejected: 'content-changed',
    }));

  test('of what is authorized is refused', () =>
    expect(given(...after(...approved)).when(granting(person(deployer)))).toMatchObject({
      rejected: 'not-awaiting-approval',
    }));
});

describe('rejecting', () => {
  test('voids what others granted and sends the change back', () =>
    expect(given(...oneApproved).when(rejecting(person(bob)))).toMatchObject([
      { type: 'ApprovalRejected', data: { approver: bob, comment: 'sealed:v1:no' } },
      { type: 'ApprovalVoided', data: { approver: ann, cause: 'rejected' } },
      { type: 'ChangeRejected', data: { slot: 'change-approvers' } },
    ]));

  test('obeys the same separation', () =>
    expect(given(...raised).when(rejecting(person(author)))).toMatchObject({ rejected: 'approver-is-commit-author' }));

  test('a rejected change asks for approvals again, of everybody', () => {
    const again = command<RequestApprovals>('RequestApprovals', { policy: builtIn });
    const rejected = after(raising(), granting(person(ann)), rejecting(person(bob)));
    expect(given(...rejected).when(granting(person(ann)))).toMatchObject({ rejected: 'not-awaiting-approval' });
    expect(typesOf(given(...rejected).when(again))).toEqual(['ApprovalRequested']);
    const asked = [...rejected, ...after(raising()).slice(2)];
    expect(typesOf(given(...asked).when(granting(person(ann))))).toEqual(['ApprovalGranted']);
  });
});
