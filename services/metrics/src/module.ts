import { Module } from '@nestjs/common';
import type { ServiceDefinition } from '@slipway/service';
import { reportingPeriod } from './domain/reporting-period.ts';
import { MetricsController } from './edge/metrics.controller.ts';
import { ReportingPeriodsController } from './edge/reporting-periods.controller.ts';
import { Reporting } from './edge/reporting.ts';
import { ReportsController } from './edge/reports.controller.ts';
import { CellsWorker } from './kept/cells-worker.ts';
import { facts } from './read/facts.projection.ts';
import { reportedRecords } from './reported/records.projection.ts';

@Module({
  controllers: [MetricsController, ReportsController, ReportingPeriodsController],
  providers: [Reporting, CellsWorker],
})
export class MetricsModule {}

export const metrics: ServiceDefinition = {
  name: 'metrics',
  module: MetricsModule,
  deciders: { reportingPeriod },
  entities: [],
  views: [reportedRecords],
  // In the one order of the log: a report shows what the log says up to a position, and nothing else.
  copies: [facts],
  processes: [],
  migrations: new URL('../migrations/', import.meta.url),
};
