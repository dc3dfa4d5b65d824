import type { Stamp } from '@slipway/event-sourcing';
import type { Content, Target, Window } from '../values.ts';

/** The records that the samples speak of: one release of a checkout that depends on payments. */
export const ids = {
  checkout: '1f7d6f0e-3c52-8a41-9d0b-6f2f6c1f0a11',
  payments: '2c9e1b74-58a0-8f13-b6d2-90c41e7d3b22',
  production: '3ab4c5d6-7e8f-8091-a2b3-c4d5e6f70833',
  release: '0198c1a0-0000-7000-8000-000000000001',
  change: '0198c1a0-0000-7000-8000-000000000002',
  deployment: '0198c1a0-0000-7000-8000-000000000003',
  rollback: '0198c1a0-0000-7000-8000-000000000004',
  decision: '0198c1a0-0000-7000-8000-000000000005',
  incident: '0198c1a0-0000-7000-8000-000000000006',
  duplicate: '0198c1a0-0000-7000-8000-000000000007',
  alert: '0198c1a0-0000-7000-8000-000000000008',
  pipelineRun: '0198c1a0-0000-7000-8000-000000000009',
  roleGrant: '0198c1a0-0000-7000-8000-00000000000a',
  nextRelease: '0198c1a0-0000-7000-8000-00000000000b',
  problem: '0198c1a0-0000-7000-8000-00000000000c',
  review: '0198c1a0-0000-7000-8000-00000000000d',
  train: '0198c1a0-0000-7000-8000-00000000000e',
  template: '0198c1a0-0000-7000-8000-00000000000f',
} as const;

export const people = {
  owner: 'person-0198c1a0-1000-7000-8000-000000000001',
  approver: 'person-0198c1a0-1000-7000-8000-000000000002',
  deployer: 'person-0198c1a0-1000-7000-8000-000000000003',
  author: 'person-0198c1a0-1000-7000-8000-000000000004',
  authorElsewhere: 'person-0198c1a0-1000-7000-8000-000000000005',
} as const;

export const sealed = 'sealed:v1:b3BhcXVlLXRvLWV2ZXJ5Ym9keS13aXRob3V0LXRoZS1rZXk';
export const commit = '6113728f27ae82c7b1a177c8d03f9e96e0adf246';
export const digest = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
export const digestBefore = 'sha256:60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752';
export const contentDigest = 'sha256:fd61a03af4f77d870fc21e05e7e80678095c92d808cfb3b5c279ee04c74aca13';
export const planDigest = 'sha256:a4e624d686e03ed2767c0abd85c14426b0b1157d2ce81d27bb4fe4f6f01d688a';

export const target: Target = { serviceId: ids.checkout, environmentId: ids.production, wave: 1 };
export const window: Window = { start: '2026-03-02T20:00:00Z', end: '2026-03-02T22:00:00Z' };
export const laterWindow: Window = { start: '2026-03-03T20:00:00Z', end: '2026-03-03T22:00:00Z' };
export const content: Content = {
  scope: [{ key: 'SHOP-311', kind: 'feature' }],
  artifacts: [{ serviceId: ids.checkout, version: '2.4.0', digest }],
  rollbackPlan: planDigest,
  targets: [target],
};

/** Who and when, with every field that a stamp can have. */
export const stamp: Stamp = {
  actor: people.owner,
  onBehalfOf: people.author,
  issuer: 'https://issuer.example',
  acr: 'urn:example:strong',
  amr: ['pwd', 'otp'],
  client: 'console',
  occurredAt: '2026-03-02T09:00:00.000Z',
  recordedAt: '2026-03-02T09:00:01.250Z',
  source: 'rest',
};
