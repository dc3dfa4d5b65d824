import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AfterEventQuery, type Asked, AskedBy, notFound, Permission, type Report } from '@slipway/edge';
import { Service } from '@slipway/service';
import { environmentCalled } from '../read/known.query.ts';
import { runningIn } from '../read/running.query.ts';
import { knowingAll } from './freshness.ts';
import { RunningDto } from './pipeline-runs.dto.ts';

/** Under the catalog's prefix, and answered by the service that knows. */
@Controller('v1/environments/:id/running')
@ApiTags('environments')
export class RunningController {
  constructor(private readonly service: Service) {}

  @Get()
  @Permission('deployments:read')
  @ApiOperation({ summary: 'What runs in an environment, by service, since when, and what is on its way there' })
  @ApiOkResponse({ type: RunningDto })
  async running(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Query() { afterEvent }: AfterEventQuery,
  ): Promise<Report> {
    const { dataSource } = this.service;
    let environment = await environmentCalled(dataSource, id);
    if (!environment) {
      await knowingAll(this.service);
      environment = await environmentCalled(dataSource, id);
    }
    if (!environment) throw notFound(`There is no environment ${id}.`);
    const { id: environmentId, name } = environment;
    this.service.permit(asked, [{ environmentId }]);
    return this.service.report('deployment-execution.running', afterEvent, async () => ({
      environmentId,
      environment: name,
      services: await runningIn(dataSource, environmentId),
    }));
  }
}
