import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Asked, AskedBy, notFound, Permission, type Report } from '@slipway/edge';
import { Service } from '@slipway/service';
import { compared, type RunningService } from '../read/comparison.ts';
import { environmentCalled } from '../read/known.query.ts';
import { runningAt, runningIn } from '../read/running.query.ts';
import { knowingAll } from './freshness.ts';
import { ComparisonDto, RunningDto, RunningQuery } from './running.dto.ts';

type Environment = Readonly<{ environmentId: string; environment: string }>;

/** Under the catalog's prefix, and answered by the service that knows. */
@Controller('v1/environments/:id')
@ApiTags('environments')
export class RunningController {
  constructor(private readonly service: Service) {}

  @Get('running')
  @Permission('deployments:read')
  @ApiOperation({ summary: 'What runs in an environment, by service, since when, and what is on its way there' })
  @ApiOkResponse({ type: RunningDto })
  async running(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Query() { afterEvent, at }: RunningQuery,
  ): Promise<Report> {
    const environment = await this.environment(id);
    return this.service.report(consumerOf(at), afterEvent, async () => ({
      ...environment,
      ...(at !== undefined && { at }),
      services: await this.services(asked, environment, at),
    }));
  }

  @Get('compare/:other')
  @Permission('deployments:read')
  @ApiOperation({ summary: 'Two environments side by side: where the same content is live, where another, where none' })
  @ApiOkResponse({ type: ComparisonDto })
  async compare(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Param('other') other: string,
    @Query() { afterEvent, at }: RunningQuery,
  ): Promise<Report> {
    const [here, there] = await Promise.all([this.environment(id), this.environment(other)]);
    return this.service.report(consumerOf(at), afterEvent, async () => ({
      here,
      there,
      ...(at !== undefined && { at }),
      services: compared(await this.services(asked, here, at), await this.services(asked, there, at)),
    }));
  }

  /** Those that the asker's grants reach. */
  private async services(
    { access }: Asked,
    { environmentId }: Environment,
    at: string | undefined,
  ): Promise<readonly RunningService[]> {
    const { dataSource } = this.service;
    access.heed();
    const all = await (at === undefined
      ? runningIn(dataSource, environmentId)
      : runningAt(dataSource, environmentId, at));
    return all.filter(({ serviceId }) => access.touches([{ serviceId, environmentId }]));
  }

  private async environment(idOrName: string): Promise<Environment> {
    const { dataSource } = this.service;
    let environment = await environmentCalled(dataSource, idOrName);
    if (!environment) {
      await knowingAll(this.service);
      environment = await environmentCalled(dataSource, idOrName);
    }
    if (!environment) throw notFound(`There is no environment ${idOrName}.`);
    return { environmentId: environment.id, environment: environment.name };
  }
}

const consumerOf = (at: string | undefined): string =>
  at === undefined ? 'deployment-execution.running' : 'deployment-execution.running-history';
