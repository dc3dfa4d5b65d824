import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import type { DeploymentEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { DeploymentRow } from './deployment-list.entity.ts';

type Row = RowOf<DeploymentRow>;
type Of<Type extends DeploymentEvent['type']> = Extract<DeploymentEvent, { type: Type }>;

const requested = ({ stream, version, data }: Delivery<Of<'DeploymentRequested'>>): Row => ({
  id: idOf(stream),
  kind: data.kind,
  state: 'Queued',
  stateBefore: null,
  serviceId: data.target.serviceId,
  environmentId: data.target.environmentId,
  wave: data.target.wave,
  production: data.production,
  digests: [...data.digests],
  artifactVersion: data.version ?? null,
  deployer: data.deployer,
  changeId: data.changeId ?? null,
  releaseId: data.releaseId ?? null,
  undoes: data.undoes ?? null,
  pipelineRunId: data.pipelineRunId ?? null,
  labels: [],
  refs: [],
  requestedAt: data.occurredAt,
  startedAt: null,
  tookTrafficAt: null,
  settledAt: null,
  unauthorized: false,
  version,
});

const changesBy = ({ type, data }: DeploymentEvent, row: Row): Partial<Row> => {
  const { occurredAt } = data;
  switch (type) {
    case 'DeploymentKindCorrected':
      return { kind: data.kind, undoes: data.undoes ?? null };
    case 'DecisionRequested':
    case 'DeploymentAllowed':
      return { state: row.state === 'Waiting' ? 'Queued' : row.state };
    case 'DeploymentWaiting':
      return { state: row.state === 'Queued' ? 'Waiting' : row.state };
    case 'DeploymentStarted':
      return { state: 'Running', startedAt: occurredAt };
    case 'TrafficTaken':
      return { tookTrafficAt: row.tookTrafficAt ?? occurredAt };
    case 'DeploymentFinished':
      return { state: 'Verifying' };
    case 'DeploymentSucceeded':
      return { state: 'Succeeded', settledAt: occurredAt };
    case 'VerificationFailed':
    case 'DeploymentFailed':
      return { state: 'Failed', settledAt: occurredAt };
    case 'DeploymentCanceled':
      return { state: 'Canceled', settledAt: occurredAt };
    case 'RollbackStarted':
      return { state: 'RollingBack', stateBefore: row.state };
    case 'DeploymentRolledBack':
      return { state: 'RolledBack' };
    case 'RollbackFailed':
      return { state: row.stateBefore ?? row.state };
    case 'UnauthorizedChangeDetected':
      return { unauthorized: true };
    default:
      return {};
  }
};

/** Deployments, the latest first. */
export const deploymentList = rowPerStream<DeploymentEvent, Row>({
  consumer: 'deployment-execution.deployments',
  categories: ['deployment'],
  table: 'deployments_v1',
  fold: describedRow('deployment', (row, event) => {
    if (event.type === 'DeploymentRequested') return row ?? requested(event);
    return row && { ...row, version: event.version, ...changesBy(event, row) };
  }),
});
