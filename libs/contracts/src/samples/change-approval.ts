import type { approvalPolicy, change, decision } from '../change-approval.ts';
import type { SamplesOf } from '../contract.ts';
import {
  content,
  contentDigest,
  digest,
  digestBefore,
  ids,
  laterWindow,
  people,
  planDigest,
  sealed,
  target,
  window,
} from './example.ts';
import { changeImportedSample } from './imported.ts';
import { recordSamples } from './record.ts';

const quality = { slot: 'quality', role: 'change-approver', concern: 'quality', count: 2 } as const;
const operations = { slot: 'operations', role: 'change-approver', concern: 'operations', count: 1 } as const;
const granted = {
  slot: 'quality',
  approver: people.approver,
  roleGrantId: ids.roleGrant,
  contentDigest,
  comment: sealed,
} as const;
const proposal = {
  content,
  contentDigest,
  window,
  backoutMinutes: 15,
  commitAuthors: [people.author],
  builders: [people.deployer],
} as const;
const taskId = '0198c1a0-2000-7000-8000-000000000003';

export const changeSamples: SamplesOf<typeof change> = {
  ChangeRaised: {
    title: 'Checkout 2.4',
    model: 'normal',
    requester: people.owner,
    releaseIds: [ids.release],
    serviceIds: [ids.checkout],
    description: sealed,
    ...proposal,
  },
  RiskAssessed: {
    factors: [{ factor: 'criticality', points: 3, reason: 'A critical service changes.' }],
    points: 3,
    level: 'medium',
    modelVersion: 'first/1',
  },
  ApprovalRequested: { ...quality, policyVersion: '1' },
  ApprovalGranted: granted,
  ApprovalRejected: granted,
  ApprovalVoided: { slot: 'quality', approver: people.approver, contentDigest, cause: 'left-envelope' },
  ChangeMoved: { window: laterWindow },
  ChangeRevised: {
    ...proposal,
    implementationPlan: planDigest,
    difference: [{ path: '/artifacts/0/digest', before: digestBefore, after: digest }],
  },
  ChangeAuthorized: {
    envelope: {
      contentDigest,
      targets: [target],
      notBefore: window.start,
      notAfter: window.end,
      riskLevel: 'medium',
      model: 'normal',
    },
    authorization: 'approved',
  },
  ChangeScheduled: { window },
  ChangeHeld: { reason: sealed },
  ChangeResumed: { reason: sealed },
  ChangeImplementationStarted: { deploymentId: ids.deployment },
  TargetAttempted: { deploymentId: ids.rollback, target, undoes: ids.deployment },
  TargetSettled: { deploymentId: ids.deployment, target, outcome: 'rolled-back' },
  ChangeFoundUnauthorized: { deploymentId: ids.deployment, rules: ['change-authorized'] },
  ChangeReviewStarted: { outcomes: [{ target, outcome: 'rolled-back' }] },
  ReviewDue: { dueAt: '2026-03-05T20:40:00Z' },
  ChangeReviewed: { closeCode: 'unsuccessful', note: sealed },
  ChangeClosed: { closeCode: 'unsuccessful', unauthorized: false },
  ChangeCanceled: { reason: sealed },
  ChangeRejected: { slot: 'quality' },
  ChangePlanned: { kind: 'back-out', steps: sealed, digest: planDigest, minutes: 15 },
  ChangeTaskAdded: {
    taskId,
    title: 'Tell the support desk',
    description: sealed,
    owner: people.owner,
    order: 1,
    dueAt: window.start,
  },
  ChangeTaskMoved: { taskId, order: 2, dueAt: laterWindow.start },
  ChangeTaskAssigned: { taskId, owner: people.approver },
  ChangeTaskDone: { taskId, note: sealed },
  ChangeTaskDropped: { taskId, reason: sealed },
  RelatedRecordLinked: { record: 'incident', recordId: ids.incident, relation: 'remediates' },
  RelatedRecordUnlinked: { record: 'incident', recordId: ids.incident, reason: sealed },
  ChangeImported: changeImportedSample,
  ...recordSamples('Change'),
};

export const approvalPolicySamples: SamplesOf<typeof approvalPolicy> = {
  ApprovalPolicyAdopted: {
    policyVersion: '2',
    slots: { standard: [], normal: [quality, operations], emergency: [operations] },
  },
};

export const decisionSamples: SamplesOf<typeof decision> = {
  DecisionTaken: {
    verdict: 'deny',
    deploymentId: ids.deployment,
    kind: 'planned',
    digests: [digest],
    target,
    deployer: people.deployer,
    changeId: ids.change,
    releaseId: ids.release,
    rules: [
      {
        rule: 'inside-window',
        ruleVersion: '1',
        outcome: 'non-compliant',
        reason: 'The window opens at 2026-03-02T20:00:00Z.',
        opensAt: window.start,
      },
    ],
    roleGrantIds: [ids.roleGrant],
    askedAt: '2026-03-02T19:30:00Z',
    nextOpening: window.start,
    inputs: [{ stream: `change-${ids.change}`, version: 7 }],
    position: 4711,
    evaluatorVersion: '1',
    timeZoneDataVersion: '2026a',
  },
};
