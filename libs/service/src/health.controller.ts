import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ProblemException, Public } from '@slipway/edge';
import { metricsHandler } from '@slipway/telemetry';
import type { Request, Response } from 'express';
import type { Service } from './service.ts';

/** Whether the database is reached and migrated; lag and parked streams are metrics. */
export class Readiness {
  constructor(private readonly services: readonly Service[]) {}

  async check(): Promise<void> {
    await Promise.all(this.services.map(({ dataSource }) => dataSource.query('SELECT 1 FROM watermarks LIMIT 0')));
  }
}

@Controller()
@ApiExcludeController()
@Public()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('healthz')
  alive(): { status: string } {
    return { status: 'alive' };
  }

  @Get('readyz')
  async ready(): Promise<{ status: string }> {
    await this.readiness.check().catch(() => {
      const detail = 'The database cannot be reached, or is not migrated: run `slipway migrate`.';
      throw new ProblemException({ status: 503, code: 'not-ready', detail, retryAfter: 1 });
    });
    return { status: 'ready' };
  }

  /** Prometheus text. */
  @Get('metrics')
  metrics(@Req() request: Request, @Res() response: Response): void {
    metricsHandler(request, response);
  }
}
