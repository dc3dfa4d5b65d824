import { specification, stampOf } from '@slipway/event-sourcing';
import { approvalPolicy, builtIn } from './approval-policy.ts';
import type { Slots } from './change-state.ts';

const given = specification(approvalPolicy);
const adopting = (changes: Partial<Slots>) => ({
  type: 'AdoptApprovalPolicy' as const,
  data: { slots: { ...builtIn.slots, ...changes } },
  stamp: stampOf('person-00000000-0000-4000-8000-000000000001'),
});
const slot = (name: string, count = 1) => ({ slot: name, role: 'change-approver', concern: 'quality' as const, count });

test('the built-in policy is version 1; what is adopted is the next', () =>
  expect(given().when(adopting({ normal: [slot('one')] }))).toMatchObject([
    { type: 'ApprovalPolicyAdopted', data: { policyVersion: '2', slots: { normal: [slot('one')], standard: [] } } },
  ]));

test('adopting what is in force has no effect', () => expect(given().when(adopting({}))).toEqual([]));

test.each([
  ['policy-without-approval', { normal: [] }],
  ['policy-without-approval', { emergency: [] }],
  ['slot-named-twice', { normal: [slot('one'), slot('one')] }],
  ['slot-without-approver', { standard: [slot('one', 0)] }],
])('is refused with %s', (rejected, changes) => expect(given().when(adopting(changes))).toMatchObject({ rejected }));
