import { Module } from '@nestjs/common';
import type { DeploymentEvent } from '@slipway/contracts';
import { ImportedRow, importedRecords, type ServiceDefinition } from '@slipway/service';
import {
  deploymentPlaces,
  historyController,
  pipelineRunPlaces,
  recordController,
  targetPlaces,
  withDetails,
  withHistory,
} from '@slipway/records';
import { deployment } from './domain/deployment.ts';
import { pipelineRun } from './domain/pipeline-run.ts';
import { target } from './domain/target.ts';
import { webhookMapping } from './domain/webhook-mapping.ts';
import { DeploymentDto } from './edge/deployments.answers.dto.ts';
import { DeploymentsController } from './edge/deployments.controller.ts';
import { DeploymentsGrpc } from './edge/deployments.grpc.ts';
import { PipelineRunsController } from './edge/pipeline-runs.controller.ts';
import { FlaggerController } from './edge/flagger.controller.ts';
import { ImportedDeploymentDto } from './edge/imported-deployments.dto.ts';
import { readingDeployments } from './edge/imported-deployments.ts';
import { Listeners } from './edge/listeners.ts';
import { LiveController } from './edge/live.controller.ts';
import { PlanController } from './edge/plan.controller.ts';
import { preparations } from './edge/preparations.ts';
import { RemediationController } from './edge/remediation.controller.ts';
import { RunningController } from './edge/running.controller.ts';
import { StepsController } from './edge/steps.controller.ts';
import { WebhookIntake } from './edge/webhook-intake.ts';
import { MappedWebhooksController, WebhookMappingsController } from './edge/webhook-mappings.controller.ts';
import { WebhooksController } from './edge/webhooks.controller.ts';
import { detectUnauthorizedChangeWhenDenied } from './processes/detect-unauthorized-change-when-denied.ts';
import { matchPipelineRunWhenReported } from './processes/match-pipeline-run-when-reported.ts';
import { observeDeploymentWhenPipelineRunMatched } from './processes/observe-deployment-when-pipeline-run-matched.ts';
import { recordDecisionWhenTaken } from './processes/record-decision-when-taken.ts';
import { settleUndoneDeploymentWhenRollbackEnded } from './processes/settle-undone-deployment-when-rollback-ended.ts';
import { trackTargetWhenObservedDeploymentMoves } from './processes/track-target-when-observed-deployment-moves.ts';
import { DeploymentRow } from './read/deployment-list.entity.ts';
import { deploymentList } from './read/deployment-list.projection.ts';
import { deploymentRecord } from './read/deployment.view.ts';
import { idsNamed } from './read/known-names.query.ts';
import { known } from './read/known.projection.ts';
import { PipelineRunRow } from './read/pipeline-run-list.entity.ts';
import { pipelineRunList } from './read/pipeline-run-list.projection.ts';
import { RunningRow } from './read/running.entity.ts';
import { running } from './read/running.projection.ts';
import { webhookMappingList } from './read/webhook-mapping-list.ts';
import { runningHistory } from './read/running-history.projection.ts';

const IMPORTED = 'deployment-execution.imported';

/** Its own list: what Slipway has to do with stands in the others. */
const importedDeployments = importedRecords<Extract<DeploymentEvent, { type: 'DeploymentImported' }>>(
  'deployment',
  IMPORTED,
  ({ serviceId, environmentId }) => ({
    serviceIds: [serviceId],
    environmentIds: [environmentId],
  }),
);

const deploymentDetails = recordController({
  category: 'deployment',
  view: deploymentRecord,
  answer: DeploymentDto,
  read: 'deployments:read',
  write: 'deployments:write',
});

const deploymentHistory = historyController({
  category: 'deployment',
  row: ImportedDeploymentDto,
  read: 'deployments:read',
  consumer: IMPORTED,
  named: ({ dataSource }, kind, names) => idsNamed(dataSource, kind, names),
  reading: readingDeployments,
});

// gRPC asks the controllers of REST, which makes them providers too.
@Module({
  controllers: [
    WebhooksController,
    FlaggerController,
    MappedWebhooksController,
    WebhookMappingsController,
    deploymentHistory,
    LiveController,
    DeploymentsController,
    StepsController,
    PlanController,
    RemediationController,
    PipelineRunsController,
    RunningController,
    deploymentDetails,
    DeploymentsGrpc,
  ],
  providers: [DeploymentsController, StepsController, RunningController, Listeners, WebhookIntake],
})
export class DeploymentExecutionModule {}

/** Makes it so, watches it, undoes it. */
export const deploymentExecution: ServiceDefinition = {
  name: 'deployment-execution',
  module: DeploymentExecutionModule,
  deciders: {
    deployment: withHistory('deployment', withDetails('deployment', deployment), { copied: ['production'] }),
    target,
    pipelineRun,
    webhookMapping,
  },
  places: { deployment: deploymentPlaces, target: targetPlaces, pipelineRun: pipelineRunPlaces },
  entities: [DeploymentRow, PipelineRunRow, RunningRow, ImportedRow],
  views: [deploymentList, pipelineRunList, running, runningHistory, webhookMappingList, importedDeployments],
  copies: [known],
  processes: [
    recordDecisionWhenTaken,
    detectUnauthorizedChangeWhenDenied,
    settleUndoneDeploymentWhenRollbackEnded,
    matchPipelineRunWhenReported,
    observeDeploymentWhenPipelineRunMatched,
    trackTargetWhenObservedDeploymentMoves,
  ],
  prepare: preparations,
  grpc: { 'slipway.deployment_execution.v1': 'slipway/deployment_execution/v1/deployments.proto' },
  migrations: new URL('../migrations/', import.meta.url),
};
