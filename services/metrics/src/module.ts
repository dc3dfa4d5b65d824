import { Module } from '@nestjs/common';
import type { ServiceDefinition } from '@slipway/service';
import { MetricsController } from './edge/metrics.controller.ts';
import { Reporting } from './edge/reporting.ts';
import { ReportsController } from './edge/reports.controller.ts';
import { facts } from './read/facts.projection.ts';
import { reportedRecords } from './reported/records.projection.ts';

@Module({ controllers: [MetricsController, ReportsController], providers: [Reporting] })
export class MetricsModule {}

export const metrics: ServiceDefinition = {
  name: 'metrics',
  module: MetricsModule,
  deciders: {},
  entities: [],
  views: [facts, reportedRecords],
  processes: [],
  migrations: new URL('../migrations/', import.meta.url),
};
