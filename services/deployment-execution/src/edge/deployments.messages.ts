import type { deploymentExecutionV1 as v1 } from '@slipway/contracts';
import type { Answer, Listing, Report } from '@slipway/edge';
import type { DeploymentView } from '../read/deployment.view.ts';
import type { Elapsed } from '../read/elapsed.ts';
import { at, enumOf } from './enums.messages.ts';
import type { Update } from './live.ts';
import { stepMessage } from './steps.messages.ts';

type Numbered = Readonly<{ id: string; number: string; version: number }>;

/** The answer to a command. */
export const written = ({ record, event = '', replayed }: Answer): v1.RequestDeploymentResponse => ({
  deployment: deploymentMessage(record),
  event,
  replayed,
});

export const deploymentMessage = (record: Answer['record']): v1.Deployment => {
  const deployment = record as unknown as DeploymentView & Elapsed & Numbered;
  const { decision, verification, rollback, tookTraffic } = deployment;
  return {
    ...headOf(deployment),
    decision: decision && {
      decisionId: decision.decisionId,
      verdict: enumOf('VERDICT', decision.verdict),
      askedAt: at(decision.askedAt),
      validUntil: at(decision.validUntil),
      reasons: [...decision.reasons],
      nextOpening: at(decision.nextOpening),
    },
    attempt: deployment.attempt,
    steps: deployment.steps.map(stepMessage),
    plannedSeconds: deployment.plannedSeconds,
    elapsedSeconds: deployment.elapsedSeconds,
    tookTrafficAt: at(tookTraffic?.at),
    trafficPercent: tookTraffic?.percent,
    finishedAt: at(deployment.finishedAt),
    verification: verification && {
      outcome: enumOf('VERIFICATION_OUTCOME', verification.outcome),
      checks: [...verification.checks],
      at: at(verification.at),
      reason: verification.reason ?? '',
    },
    reason: deployment.reason ?? '',
    rollback: rollback && {
      deploymentId: rollback.deploymentId,
      cause: enumOf('ROLLBACK_CAUSE', rollback.cause),
      state: enumOf('STEP_STATE', rollback.state),
    },
    unauthorized: [...(deployment.unauthorized?.rules ?? [])],
  };
};

export const watchMessage = ({ position, event, deployment }: Update): v1.WatchDeploymentResponse => ({
  position: String(position),
  event: event?.type ?? '',
  deployment: deployment && deploymentMessage(deployment as never),
});

type Head = Numbered & Omit<DeploymentView, 'steps' | 'attempt' | 'unauthorized'>;
type Row = Head & Readonly<{ tookTrafficAt?: string; unauthorized: boolean }>;

const headOf = (deployment: Head) => ({
  id: deployment.id,
  number: deployment.number,
  version: deployment.version,
  kind: enumOf<v1.DeploymentKind>('DEPLOYMENT_KIND', deployment.kind),
  state: enumOf<v1.DeploymentState>('DEPLOYMENT_STATE', deployment.state),
  serviceId: deployment.serviceId,
  environmentId: deployment.environmentId,
  wave: deployment.wave,
  production: deployment.production,
  digests: [...deployment.digests],
  artifactVersion: deployment.artifactVersion ?? '',
  deployer: deployment.deployer,
  changeId: deployment.changeId ?? '',
  releaseId: deployment.releaseId ?? '',
  undoes: deployment.undoes ?? '',
  pipelineRunId: deployment.pipelineRunId ?? '',
  requestedAt: at(deployment.requestedAt),
  startedAt: at(deployment.startedAt),
  settledAt: at(deployment.settledAt),
});

export const listMessage = ({ items, position, nextPageToken = '' }: Listing): v1.ListDeploymentsResponse => ({
  deployments: (items as readonly Row[]).map(row => ({
    ...headOf(row),
    tookTrafficAt: at(row.tookTrafficAt),
    unauthorized: row.unauthorized,
  })),
  nextPageToken,
  position: String(position),
});

type Running = Readonly<{
  environmentId: string;
  environment: string;
  services: readonly Readonly<{
    service: string;
    serviceId: string;
    deploymentId?: string;
    digests?: readonly string[];
    artifactVersion?: string;
    since?: string;
    inProgress?: string;
    position: number;
  }>[];
}>;

export const runningMessage = ({ body, position }: Report): v1.ListRunningResponse => {
  const { services, ...environment } = body as Running;
  return {
    ...environment,
    services: services.map(
      ({
        service,
        serviceId,
        deploymentId = '',
        digests = [],
        artifactVersion = '',
        since,
        inProgress = '',
        position: of,
      }) => ({
        service,
        serviceId,
        deploymentId,
        digests: [...digests],
        artifactVersion,
        since: at(since),
        inProgress,
        position: String(of),
      }),
    ),
    position: String(position),
  };
};
