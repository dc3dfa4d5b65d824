import { Module } from '@nestjs/common';
import type { ServiceDefinition } from '@slipway/service';
import { AuditController } from './edge/audit.controller.ts';
import { EventsController } from './edge/events.controller.ts';
import { EventsGrpc } from './edge/events.grpc.ts';
import { SchemasController } from './edge/schemas.controller.ts';
import { entries } from './read/entries.projection.ts';

@Module({ controllers: [AuditController, EventsController, EventsGrpc, SchemasController] })
export class AuditModule {}

export const audit: ServiceDefinition = {
  name: 'audit',
  module: AuditModule,
  deciders: {},
  entities: [],
  views: [entries],
  processes: [],
  grpc: { 'slipway.audit.v1': 'slipway/audit/v1/events.proto' },
  migrations: new URL('../migrations/', import.meta.url),
};
