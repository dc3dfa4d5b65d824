import type { ChangeEvent } from '@slipway/contracts';
import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { digest, eu, rita, us, window } from '../domain/example.ts';
import { authorizeReleaseWhenChangesAuthorized as process } from './authorize-release-when-changes-authorized.ts';

const given = processSpecification(process);
const stream = 'change-c1';
const stamp = stampOf(rita);
const content = { scope: [], artifacts: [], targets: [eu] };
const proposal = { content, contentDigest: digest('a'), window, commitAuthors: [], builders: [] };
const raised = {
  type: 'ChangeRaised',
  stream,
  data: {
    ...stamp,
    ...proposal,
    title: 'Checkout 2.4',
    model: 'normal',
    requester: rita,
    releaseIds: ['r1', 'r2'],
    serviceIds: ['checkout'],
  },
} as const;
const envelope = {
  contentDigest: digest('a'),
  targets: [eu],
  notBefore: window.start,
  notAfter: window.end,
  riskLevel: 'low',
  model: 'normal',
} as const;
const authorized = {
  type: 'ChangeAuthorized',
  stream,
  data: { ...stamp, envelope, authorization: 'approved' },
} as const;
const revised = { type: 'ChangeRevised', stream, data: { ...stamp, ...proposal, difference: [] } } as const;
const voided = {
  type: 'ApprovalVoided',
  stream,
  data: { ...stamp, slot: 'approvers', approver: rita, contentDigest: digest('a'), cause: 'left-envelope' },
} as const;
const rejected = { type: 'ChangeRejected', stream, data: { ...stamp, slot: 'approvers' } } as const;
const sends = (version: number, standing: string, detail: object = {}) =>
  ['release-r1', 'release-r2'].map(to => ({
    to,
    send: { type: 'RecordChange', data: { changeId: 'c1', changeVersion: version, standing, ...detail } },
  }));

test('every release that a change names hears that it was raised', () =>
  expect(given().when(raised)).toEqual(sends(1, 'open')));
test('and authorized, for which content', () =>
  expect(given(raised).when(authorized)).toEqual(sends(2, 'authorized', { contentDigest: digest('a') })));
test('and no longer authorized: revised, or an approval void', () => {
  expect(given(raised, authorized).when(revised)).toEqual(sends(3, 'open'));
  expect(given(raised, authorized).when(voided)).toEqual(sends(3, 'open'));
});
test('and rejected, or canceled', () => {
  expect(given(raised).when(rejected)).toEqual(sends(2, 'rejected'));
  const canceled = { type: 'ChangeCanceled', stream, data: { ...stamp, reason: 'sealed:v1:x' } } as const;
  expect(given(raised, authorized).when(canceled)).toEqual(sends(3, 'canceled'));
});
test('and in review, where something of it was tried', () => {
  const outcomes = [
    { target: eu, outcome: 'failed' },
    { target: us, outcome: 'not-deployed' },
  ] as const;
  const review: ChangeEvent & { stream: string } = {
    type: 'ChangeReviewStarted',
    stream,
    data: { ...stamp, outcomes },
  };
  expect(given(raised, authorized).when(review)).toEqual(sends(3, 'in-review', { triedTargets: [eu] }));
});
test('what leaves it standing as before is no news', () => {
  const ignored = [{ ignore: 'the change stands as before' }];
  expect(given(raised, authorized, revised).when(voided)).toEqual(ignored);
  expect(given(raised, rejected).when(voided)).toEqual(ignored);
  expect(given(raised).when(revised)).toEqual(ignored);
});
