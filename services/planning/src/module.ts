import { Module } from '@nestjs/common';
import type { ServiceDefinition } from '@slipway/service';
import { recordController, withDetails, releasePlaces } from '@slipway/records';
import { release } from './domain/release.ts';
import { ReleaseDto } from './edge/releases.answers.dto.ts';
import { releaseRecord } from './read/release.view.ts';
import { ReleaseContentController } from './edge/release-content.controller.ts';
import { prepareDependency } from './edge/dependency-path.ts';
import { BulkController } from './edge/bulk.controller.ts';
import { ReleaseListController } from './edge/release-list.controller.ts';
import { ReleaseBoardingController } from './edge/release-boarding.controller.ts';
import { ReleaseTrainsController } from './edge/release-trains.controller.ts';
import { ReleaseTrainDto } from './edge/release-trains.dto.ts';
import { releaseTrain } from './domain/release-train.ts';
import { releaseTrainRecord } from './read/release-train.view.ts';
import { ReleaseTrainRow } from './read/release-train-list.entity.ts';
import { releaseTrainList } from './read/release-train-list.projection.ts';
import { ReleaseCopyController } from './edge/release-copy.controller.ts';
import { ReleaseDependenciesController } from './edge/release-dependencies.controller.ts';
import { ReleasePlanController } from './edge/release-plan.controller.ts';
import { ReleaseScopeController } from './edge/release-scope.controller.ts';
import { ReleasesController } from './edge/releases.controller.ts';
import { SuccessCriteriaController } from './edge/success-criteria.controller.ts';
import { ReleasesGrpc } from './edge/releases.grpc.ts';
import { authorizeReleaseWhenChangesAuthorized } from './processes/authorize-release-when-changes-authorized.ts';
import { settleReleaseWhenTargetsSettled } from './processes/settle-release-when-targets-settled.ts';
import { startReleaseWhenDeploymentStarted } from './processes/start-release-when-deployment-started.ts';
import { CatalogRow } from './read/catalog.entity.ts';
import { catalogCopy } from './read/catalog.projection.ts';
import { ReleaseRow } from './read/release-list.entity.ts';
import { releaseList } from './read/release-list.projection.ts';
import { ProblemRow } from './read/problem.entity.ts';
import { problemCopy } from './read/problem.projection.ts';

// gRPC asks the controllers of REST, which makes them providers too.
@Module({
  controllers: [
    BulkController,
    ReleaseListController,
    ReleasesController,
    ReleaseContentController,
    ReleaseScopeController,
    ReleaseDependenciesController,
    ReleaseCopyController,
    ReleaseBoardingController,
    ReleaseTrainsController,
    ReleasePlanController,
    SuccessCriteriaController,
    ReleasesGrpc,
    recordController({
      category: 'releaseTrain',
      view: releaseTrainRecord,
      answer: ReleaseTrainDto,
      read: 'releases:read',
      write: 'releases:write',
    }),
    recordController({
      category: 'release',
      view: releaseRecord,
      answer: ReleaseDto,
      read: 'releases:read',
      write: 'releases:write',
    }),
  ],
  providers: [
    ReleasesController,
    ReleaseContentController,
    ReleaseScopeController,
    ReleaseListController,
    ReleasePlanController,
    ReleaseCopyController,
    SuccessCriteriaController,
  ],
})
export class PlanningModule {}

export const planning: ServiceDefinition = {
  name: 'planning',
  module: PlanningModule,
  deciders: { release: withDetails('release', release), releaseTrain: withDetails('releaseTrain', releaseTrain) },
  places: { release: releasePlaces },
  entities: [ReleaseRow, ReleaseTrainRow, CatalogRow, ProblemRow],
  views: [releaseList, releaseTrainList],
  copies: [catalogCopy, problemCopy],
  processes: [
    authorizeReleaseWhenChangesAuthorized,
    startReleaseWhenDeploymentStarted,
    settleReleaseWhenTargetsSettled,
  ],
  prepare: { StateReleaseDependency: prepareDependency },
  grpc: { 'slipway.planning.v1': 'slipway/planning/v1/releases.proto' },
  migrations: new URL('../migrations/', import.meta.url),
};
