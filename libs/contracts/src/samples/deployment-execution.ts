import type { SamplesOf } from '../contract.ts';
import type { deployment, pipelineRun, target as targetCategory, webhookMapping } from '../deployment-execution.ts';
import { commit, digest, digestBefore, ids, people, sealed, target } from './example.ts';
import { deploymentImportedSample } from './imported.ts';
import { recordSamples } from './record.ts';

const rolledBack = { rollbackDeploymentId: ids.rollback, cause: 'fault' } as const;
const here = { serviceId: ids.checkout, environmentId: ids.production } as const;

export const deploymentSamples: SamplesOf<typeof deployment> = {
  DeploymentRequested: {
    kind: 'planned',
    target,
    production: true,
    digests: [digest],
    version: '2.4.0',
    deployer: people.deployer,
    changeId: ids.change,
    releaseId: ids.release,
    pipelineRunId: ids.pipelineRun,
  },
  DeploymentKindCorrected: { before: 'planned', kind: 'rollback', undoes: ids.rollback, reason: sealed },
  DecisionRequested: { attempt: 2 },
  DeploymentAllowed: { decisionId: ids.decision, validUntil: '2026-03-02T20:01:00Z' },
  DeploymentWaiting: {
    decisionId: ids.decision,
    reasons: ['The window opens at 2026-03-02T20:00:00Z.'],
    nextOpening: '2026-03-02T20:00:00Z',
  },
  DeploymentStarted: { decisionId: ids.decision, validUntil: '2026-03-02T20:01:00Z' },
  StepsPlanned: {
    steps: [
      { step: 'migrate', plannedSeconds: 300, maxErrors: 0 },
      { step: 'point DNS', plannedSeconds: 900, cutover: { via: 'dns', settleSeconds: 600 } },
    ],
  },
  StepStarted: { step: 'migrate' },
  StepProgressed: { step: 'migrate', percent: 40, errors: 2 },
  StepThresholdExceeded: { step: 'migrate', errors: 2, maxErrors: 0 },
  CutoverSwitched: { step: 'point DNS', via: 'dns', settleSeconds: 600 },
  StepSucceeded: { step: 'migrate' },
  StepFailed: { step: 'migrate', reason: sealed },
  LogLinked: {
    logId: '0198c1a0-2000-7000-8000-000000000003',
    step: 'migrate',
    url: sealed,
    digest,
    mediaType: 'text/plain',
  },
  TrafficTaken: { percent: 10 },
  DeploymentFinished: {},
  DeploymentFailed: { reason: sealed },
  VerificationPassed: { checks: ['smoke'] },
  VerificationFailed: { checks: ['smoke', 'error-rate'], reason: sealed },
  DeploymentSucceeded: {},
  RollbackStarted: rolledBack,
  DeploymentRolledBack: rolledBack,
  RollbackFailed: { rollbackDeploymentId: ids.rollback },
  DeploymentCanceled: { reason: sealed },
  UnauthorizedChangeDetected: { rules: ['change-authorized'], pipelineRunId: ids.pipelineRun },
  DeploymentImported: deploymentImportedSample,
  ...recordSamples('Deployment'),
};

export const targetSamples: SamplesOf<typeof targetCategory> = {
  TargetOccupied: { deploymentId: ids.rollback, ...here, preempts: ids.deployment },
  TargetReleased: {
    deploymentId: ids.rollback,
    ...here,
    live: { deploymentId: ids.rollback, digests: [digestBefore], version: '2.3.7' },
  },
};

export const webhookMappingSamples: SamplesOf<typeof webhookMapping> = {
  WebhookMappingDefined: {
    name: 'spinnaker',
    signature: { header: 'x-spinnaker-signature', prefix: 'sha256=', encoding: 'hex' },
    fields: {
      externalId: '/execution/id',
      repository: '/execution/application',
      environment: '/execution/trigger/parameters/environment',
      status: '/execution/status',
      occurredAt: '/execution/endTime',
    },
    statuses: [
      { said: 'RUNNING', status: 'running' },
      { said: 'SUCCEEDED', status: 'succeeded' },
      { said: 'TERMINAL', status: 'failed' },
    ],
    only: [{ pointer: '/details/type', equals: 'orca:pipeline:complete' }],
  },
  WebhookMappingWithdrawn: { reason: sealed },
};

export const pipelineRunSamples: SamplesOf<typeof pipelineRun> = {
  PipelineRunReported: {
    tool: 'github',
    deliveryId: '72d3162e-cc78-11e3-81ab-4c9367dc0958',
    externalId: '145988746',
    repository: 'example/checkout',
    environmentAlias: 'prod',
    commit,
    status: 'running',
    startedBy: people.deployer,
    payload: sealed,
  },
  PipelineRunMatched: {
    deploymentId: ids.deployment,
    target,
    production: true,
    digests: [digest],
    version: '2.4.0',
    releaseId: ids.release,
    changeId: ids.change,
    reason: sealed,
  },
  PipelineRunUnmatched: { missing: 'service' },
  PipelineRunUnreadable: {
    tool: 'gitlab',
    deliveryId: '376:failed:2026-03-02T20:10:00Z',
    problem: 'deployable_id is not there',
    payload: sealed,
  },
};
