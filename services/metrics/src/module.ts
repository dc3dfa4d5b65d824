import { Module } from '@nestjs/common';
import { metricThresholdPlaces, recordController, withDetails } from '@slipway/records';
import type { ServiceDefinition } from '@slipway/service';
import { reportingPeriod } from './domain/reporting-period.ts';
import { metricThreshold } from './domain/metric-threshold.ts';
import { MetricsController } from './edge/metrics.controller.ts';
import { ReportingPeriodsController } from './edge/reporting-periods.controller.ts';
import { Reporting } from './edge/reporting.ts';
import { ReportsController } from './edge/reports.controller.ts';
import { CellsWorker } from './kept/cells-worker.ts';
import { ThresholdsController } from './edge/thresholds.controller.ts';
import { ThresholdDto } from './edge/thresholds.dto.ts';
import { facts } from './read/facts.projection.ts';
import { ThresholdRow } from './read/threshold-list.entity.ts';
import { thresholdList } from './read/threshold-list.projection.ts';
import { thresholdRecord } from './read/threshold.view.ts';
import { ThresholdWorker } from './thresholds/threshold-worker.ts';
import { thresholdWatch } from './thresholds/watch.projection.ts';
import { reportedRecords } from './reported/records.projection.ts';

@Module({
  controllers: [
    MetricsController,
    ReportsController,
    ReportingPeriodsController,
    ThresholdsController,
    recordController({
      category: 'metricThreshold',
      view: thresholdRecord,
      answer: ThresholdDto,
      read: 'metrics:read',
      write: 'metrics:write',
    }),
  ],
  providers: [Reporting, CellsWorker, ThresholdWorker],
})
export class MetricsModule {}

export const metrics: ServiceDefinition = {
  name: 'metrics',
  module: MetricsModule,
  deciders: { reportingPeriod, metricThreshold: withDetails('metricThreshold', metricThreshold) },
  places: { metricThreshold: metricThresholdPlaces },
  entities: [ThresholdRow],
  views: [reportedRecords, thresholdList],
  // In the one order of the log: a report shows what the log says up to a position, and nothing else; and what waits to be judged.
  copies: [facts, thresholdWatch],
  processes: [],
  migrations: new URL('../migrations/', import.meta.url),
};
