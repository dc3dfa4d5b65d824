import { Module } from '@nestjs/common';
import type { ServiceDefinition } from '@slipway/service';
import { recordController, withDetails, deploymentPlaces, pipelineRunPlaces, targetPlaces } from '@slipway/records';
import { deployment } from './domain/deployment.ts';
import { pipelineRun } from './domain/pipeline-run.ts';
import { target } from './domain/target.ts';
import { webhookMapping } from './domain/webhook-mapping.ts';
import { DeploymentDto } from './edge/deployments.answers.dto.ts';
import { DeploymentsController } from './edge/deployments.controller.ts';
import { DeploymentsGrpc } from './edge/deployments.grpc.ts';
import { PipelineRunsController } from './edge/pipeline-runs.controller.ts';
import { FlaggerController } from './edge/flagger.controller.ts';
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
import { known } from './read/known.projection.ts';
import { PipelineRunRow } from './read/pipeline-run-list.entity.ts';
import { pipelineRunList } from './read/pipeline-run-list.projection.ts';
import { RunningRow } from './read/running.entity.ts';
import { running } from './read/running.projection.ts';
import { webhookMappingList } from './read/webhook-mapping-list.ts';
import { runningHistory } from './read/running-history.projection.ts';

const deploymentDetails = recordController({
  category: 'deployment',
  view: deploymentRecord,
  answer: DeploymentDto,
  read: 'deployments:read',
  write: 'deployments:write',
});

// gRPC asks the controllers of REST, which makes them providers too.
@Module({
  controllers: [
    WebhooksController,
    FlaggerController,
    MappedWebhooksController,
    WebhookMappingsController,
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
  deciders: { deployment: withDetails('deployment', deployment), target, pipelineRun, webhookMapping },
  places: { deployment: deploymentPlaces, target: targetPlaces, pipelineRun: pipelineRunPlaces },
  entities: [DeploymentRow, PipelineRunRow, RunningRow],
  views: [deploymentList, pipelineRunList, running, runningHistory, webhookMappingList],
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
