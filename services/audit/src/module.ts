import { Module } from '@nestjs/common';
import type { ServiceDefinition } from '@slipway/service';
import { erasure } from './domain/erasure.ts';
import { AuditController } from './edge/audit.controller.ts';
import { ErasuresController } from './edge/erasures.controller.ts';
import { EventsController } from './edge/events.controller.ts';
import { EventsGrpc } from './edge/events.grpc.ts';
import { judgeErasure } from './edge/judge-erasure.ts';
import { retainedActs } from './edge/retained-acts.ts';
import { SchemasController } from './edge/schemas.controller.ts';
import { SearchController } from './edge/search.controller.ts';
import { judgeErasureWhenRetentionOver } from './processes/judge-erasure-when-retention-over.ts';
import { recordErasureWhenSubjectErased } from './processes/record-erasure-when-subject-erased.ts';
import { entries } from './read/entries.projection.ts';
import { ErasureRow } from './read/erasure-list.entity.ts';
import { erasureList } from './read/erasure-list.projection.ts';
import { FoundRow } from './read/search.entity.ts';
import { found } from './read/search.projection.ts';

@Module({
  controllers: [AuditController, ErasuresController, EventsController, EventsGrpc, SchemasController, SearchController],
})
export class AuditModule {}

export const audit: ServiceDefinition = {
  name: 'audit',
  module: AuditModule,
  deciders: { erasure },
  entities: [ErasureRow, FoundRow],
  views: [entries, erasureList, found],
  copies: [retainedActs],
  processes: [judgeErasureWhenRetentionOver, recordErasureWhenSubjectErased],
  prepare: { RequestErasure: judgeErasure, JudgeErasure: judgeErasure },
  grpc: { 'slipway.audit.v1': 'slipway/audit/v1/events.proto' },
  migrations: new URL('../migrations/', import.meta.url),
};
