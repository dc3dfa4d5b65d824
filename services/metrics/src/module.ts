import { Module } from '@nestjs/common';
import type { ServiceDefinition } from '@slipway/service';
import { MetricsController } from './edge/metrics.controller.ts';
import { facts } from './read/facts.projection.ts';

@Module({ controllers: [MetricsController] })
export class MetricsModule {}

export const metrics: ServiceDefinition = {
  name: 'metrics',
  module: MetricsModule,
  deciders: {},
  entities: [],
  views: [facts],
  processes: [],
  migrations: new URL('../migrations/', import.meta.url),
};
