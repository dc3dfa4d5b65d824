import { Module } from '@nestjs/common';
import type { ServiceDefinition } from '@slipway/service';
import { environment } from './domain/environment.ts';
import { person } from './domain/person.ts';
import { roleGrant } from './domain/role-grant.ts';
import { service } from './domain/service.ts';
import { CatalogController } from './edge/catalog.controller.ts';
import { DependenciesController } from './edge/dependencies.controller.ts';
import { EnvironmentsController } from './edge/environments.controller.ts';
import { PeopleController } from './edge/people.controller.ts';
import { RoleGrantsController } from './edge/role-grants.controller.ts';
import { ServicesController } from './edge/services.controller.ts';
import { EnvironmentRow } from './read/environment-list.entity.ts';
import { environmentList } from './read/environment-list.projection.ts';
import { PersonRow } from './read/people.entity.ts';
import { people } from './read/people.projection.ts';
import { RoleGrantRow } from './read/role-grants.entity.ts';
import { roleGrants } from './read/role-grants.projection.ts';
import { ServiceRow } from './read/service-list.entity.ts';
import { serviceList } from './read/service-list.projection.ts';
import { environmentPlaces, roleGrantPlaces, servicePlaces } from './read/places.ts';

// In this order: `/v1/services/cycles` is not a service.
@Module({
  controllers: [
    DependenciesController,
    ServicesController,
    EnvironmentsController,
    PeopleController,
    RoleGrantsController,
    CatalogController,
  ],
})
export class CatalogModule {}

export const catalog: ServiceDefinition = {
  name: 'catalog',
  module: CatalogModule,
  deciders: { service, environment, person, roleGrant },
  places: { service: servicePlaces, environment: environmentPlaces, roleGrant: roleGrantPlaces },
  entities: [ServiceRow, EnvironmentRow, PersonRow, RoleGrantRow],
  views: [serviceList, environmentList, people, roleGrants],
  processes: [],
  migrations: new URL('../migrations/', import.meta.url),
};
