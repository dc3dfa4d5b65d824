import type { ChangeFacts, Facts, Question } from './facts.ts';
import { ann, author, bob, checkout, deployer, digest, held, person, proposal } from './change.examples.ts';
import { envelopeOf } from './change-state.ts';

export const question: Question = {
  deploymentId: 'd2',
  kind: 'planned',
  target: checkout,
  digests: [digest('a')],
  deployer,
};

export const changeFacts: ChangeFacts = {
  id: 'c1',
  status: 'scheduled',
  onHold: false,
  envelope: envelopeOf(proposal, 'normal', 'low'),
  contentDigest: proposal.contentDigest,
  window: proposal.window,
  plannedMinutes: null,
  backoutMinutes: 30,
  artifacts: proposal.content.artifacts,
  releaseIds: ['r1'],
  approvers: [ann, bob],
  approvals: [
    { roleGrantId: 'g1', roleGrant: held('g1') },
    { roleGrantId: 'g2', roleGrant: held('g2') },
  ],
};

/** A snapshot that allows a planned deployment to production. */
export const allowing: Facts = {
  question,
  at: '2026-03-02T11:00:00.000Z',
  view: 'complete',
  production: true,
  change: changeFacts,
  releases: [{ id: 'r1', contentDigest: proposal.contentDigest, held: false, go: true, needs: [] }],
  progress: [{ ...checkout, name: 'checkout in production', outcome: 'not-deployed' }],
  target: { occupiedBy: null, live: { deploymentId: 'd1', digests: [digest('9')] }, liveBefore: null },
  deployer: person(deployer, { roleGrants: [held('g3', { role: 'deployer' })] }),
  authors: [author],
  position: 7,
  inputs: [{ stream: 'change-c1', version: 5 }],
  timeZoneDataVersion: '2026a',
};

/** The same, for undoing d1: d0 was live before it. */
export const allowingRollback: Facts = {
  ...allowing,
  question: { ...question, kind: 'rollback', undoes: 'd1', digests: [digest('8')] },
  target: {
    occupiedBy: null,
    live: { deploymentId: 'd1', digests: [digest('9')] },
    liveBefore: { deploymentId: 'd0', digests: [digest('8')] },
  },
};
