import { Module } from '@nestjs/common';
import { metricThresholdPlaces, recordController, withDetails } from '@slipway/records';
import type { ServiceDefinition } from '@slipway/service';
import { metricThreshold } from './domain/metric-threshold.ts';
import { MetricsController } from './edge/metrics.controller.ts';
import { Reporting } from './edge/reporting.ts';
import { ReportsController } from './edge/reports.controller.ts';
import { ThresholdsController } from './edge/thresholds.controller.ts';
import { ThresholdDto } from './edge/thresholds.dto.ts';
import { facts } from './read/facts.projection.ts';
import { ThresholdRow } from './read/threshold-list.entity.ts';
import { thresholdList } from './read/threshold-list.projection.ts';
import { thresholdRecord } from './read/threshold.view.ts';
import { ThresholdWorker } from './thresholds/threshold-worker.ts';
import { thresholdWatch } from './thresholds/watch.projection.ts';

@Module({
  controllers: [
    MetricsController,
    ReportsController,
    ThresholdsController,
    recordController({
      category: 'metricThreshold',
      view: thresholdRecord,
      answer: ThresholdDto,
      read: 'metrics:read',
      write: 'metrics:write',
    }),
  ],
  providers: [Reporting, ThresholdWorker],
})
export class MetricsModule {}

export const metrics: ServiceDefinition = {
  name: 'metrics',
  module: MetricsModule,
  deciders: { metricThreshold: withDetails('metricThreshold', metricThreshold) },
  places: { metricThreshold: metricThresholdPlaces },
  entities: [ThresholdRow],
  views: [facts, thresholdList],
  // It marks what waits to be judged in the one order of the log.
  copies: [thresholdWatch],
  processes: [],
  migrations: new URL('../migrations/', import.meta.url),
};
