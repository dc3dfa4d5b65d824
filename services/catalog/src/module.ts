import { Module, type Type } from '@nestjs/common';
import {
  recordController,
  withDetails,
  applicationPlaces,
  environmentPlaces,
  roleGrantPlaces,
  servicePlaces,
} from '@slipway/records';
import type { RecordView, ServiceDefinition } from '@slipway/service';
import { accessReview } from './domain/access-review.ts';
import { application, type StatedApplication } from './domain/application.ts';
import { environment, type StatedEnvironment } from './domain/environment.ts';
import { person } from './domain/person.ts';
import { restated } from './domain/registration.ts';
import { roleGrant } from './domain/role-grant.ts';
import { service, type StatedService } from './domain/service.ts';
import { subject } from './domain/subject.ts';
import { team, type StatedTeam } from './domain/team.ts';
import { AccountKeysController } from './edge/account-keys.controller.ts';
import { AccessReviewsController } from './edge/access-reviews.controller.ts';
import { AccessReviewDto } from './edge/access-reviews.dto.ts';
import { AccessRightsController } from './edge/access-rights.controller.ts';
import { ApplicationsController } from './edge/applications.controller.ts';
import { ApplicationDto } from './edge/applications.dto.ts';
import { CatalogController } from './edge/catalog.controller.ts';
import { DependenciesController } from './edge/dependencies.controller.ts';
import { eraseSubject } from './edge/erase-subject.ts';
import { EnvironmentsController } from './edge/environments.controller.ts';
import { EnvironmentDto } from './edge/environments.dto.ts';
import { PeopleController } from './edge/people.controller.ts';
import { type Named, namedAs } from './edge/references.ts';
import { retireController } from './edge/retire.controller.ts';
import { RoleGrantsController } from './edge/role-grants.controller.ts';
import { ScimDiscoveryController, ScimGroupsController, ScimUsersController } from './edge/scim/scim.controller.ts';
import { ServiceDto } from './edge/services.answers.dto.ts';
import { ServicesController } from './edge/services.controller.ts';
import { TeamsController } from './edge/teams.controller.ts';
import { TeamDto } from './edge/teams.dto.ts';
import { eraseSubjectWhenErasureDecided } from './processes/erase-subject-when-erasure-decided.ts';
import { AccessReviewRow } from './read/access-review-list.entity.ts';
import { accessReviewList } from './read/access-review-list.projection.ts';
import { accessReviewView } from './read/access-review.view.ts';
import { accountKeys } from './read/account-keys.projection.ts';
import { ApplicationRow } from './read/application-list.entity.ts';
import { applicationList } from './read/application-list.projection.ts';
import { applicationView } from './read/application.view.ts';
import { EnvironmentRow } from './read/environment-list.entity.ts';
import { environmentList } from './read/environment-list.projection.ts';
import { environmentView } from './read/environment.view.ts';
import { grantUses } from './read/grant-uses.projection.ts';
import { PersonRow } from './read/people.entity.ts';
import { people } from './read/people.projection.ts';
import { RoleGrantRow } from './read/role-grants.entity.ts';
import { roleGrants } from './read/role-grants.projection.ts';
import { ServiceRow } from './read/service-list.entity.ts';
import { serviceList } from './read/service-list.projection.ts';
import { serviceView } from './read/service.view.ts';
import { subjects } from './read/subjects.projection.ts';
import { TeamRow } from './read/team-list.entity.ts';
import { teamList } from './read/team-list.projection.ts';
import { teamView } from './read/team.view.ts';

/** What everything that the catalog holds answers to: it is retired, described and talked about. */
const doorsOf = (category: Named, view: RecordView<never>, answer: Type): readonly Type[] => [
  retireController(category, view, answer),
  recordController({
    category,
    view,
    answer,
    read: 'catalog:read',
    write: 'catalog:write',
    streamOf: namedAs(category),
  }),
];

// In this order: `/v1/services/cycles` is not a service.
@Module({
  controllers: [
    DependenciesController,
    ServicesController,
    EnvironmentsController,
    ApplicationsController,
    TeamsController,
    PeopleController,
    AccountKeysController,
    RoleGrantsController,
    AccessRightsController,
    AccessReviewsController,
    recordController({
      category: 'accessReview',
      view: accessReviewView,
      answer: AccessReviewDto,
      read: 'audit:read',
      write: 'catalog:write',
    }),
    CatalogController,
    ScimUsersController,
    ScimGroupsController,
    ScimDiscoveryController,
    ...doorsOf('service', serviceView, ServiceDto),
    ...doorsOf('environment', environmentView, EnvironmentDto),
    ...doorsOf('application', applicationView, ApplicationDto),
    ...doorsOf('team', teamView, TeamDto),
  ],
})
export class CatalogModule {}

export const catalog: ServiceDefinition = {
  name: 'catalog',
  module: CatalogModule,
  deciders: {
    service: withDetails('service', service, restated<StatedService>('Service')),
    environment: withDetails('environment', environment, restated<StatedEnvironment>('Environment')),
    application: withDetails('application', application, restated<StatedApplication>('Application')),
    team: withDetails('team', team, restated<StatedTeam>('Team')),
    person,
    roleGrant,
    accessReview: withDetails('accessReview', accessReview),
    subject,
  },
  places: {
    service: servicePlaces,
    environment: environmentPlaces,
    application: applicationPlaces,
    roleGrant: roleGrantPlaces,
  },
  entities: [ServiceRow, EnvironmentRow, ApplicationRow, TeamRow, PersonRow, RoleGrantRow, AccessReviewRow],
  views: [
    serviceList,
    environmentList,
    applicationList,
    teamList,
    people,
    accountKeys,
    subjects,
    roleGrants,
    grantUses,
    accessReviewList,
  ],
  processes: [eraseSubjectWhenErasureDecided],
  prepare: { EraseSubject: eraseSubject },
  migrations: new URL('../migrations/', import.meta.url),
};
