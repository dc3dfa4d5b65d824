import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import { pipelineRuns } from '../read/pipeline-run-list.query.ts';
import { pipelineRunView } from '../read/pipeline-run.view.ts';
import { knowingAll } from './freshness.ts';
import { BindDto, ListPipelineRunsQuery, PipelineRunDto, PipelineRunRowDto } from './pipeline-runs.dto.ts';
import { environmentNamed, serviceNamed } from './references.ts';

/** Runs of tools that deploy by themselves, as their webhooks told them. */
@Controller('v1/pipelines/runs')
@ApiTags('pipelines')
export class PipelineRunsController {
  constructor(private readonly service: Service) {}

  @Get()
  @Permission('deployments:read')
  @ApiOperation({ summary: 'Runs, the latest first; `state=unmatched` and `state=unreadable` wait for a person' })
  @Lists(PipelineRunRowDto)
  list(@AskedBy() asked: Asked, @Query() query: ListPipelineRunsQuery): Promise<Listing> {
    const { pageSize: _, pageToken: __, afterEvent: ___, ...filter } = query;
    return this.service.listWithin(asked, 'deployment-execution.pipeline-runs', query, page =>
      pipelineRuns.page(this.service.dataSource, filter, page),
    );
  }

  @Get(':id')
  @Permission('deployments:read')
  @ApiOperation({ summary: 'One run, with every message about it' })
  @Answers(200, PipelineRunDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.service.streamOf('pipelineRun', id), pipelineRunView, asked);
  }

  @Post(':id/bind')
  @Permission('deployments:bind')
  @ApiOperation({ summary: 'Says by hand what an unmatched run deployed, and where' })
  @Answers(200, PipelineRunDto)
  async bind(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: BindDto): Promise<Answer> {
    await knowingAll(this.service);
    const stream = await this.service.streamOf('pipelineRun', id);
    const [service, environment] = await Promise.all([
      serviceNamed(this.service, dto.service),
      environmentNamed(this.service, dto.environment),
    ]);
    const binding = { serviceId: service.id, environmentId: environment.id };
    const reason = await this.service.seal(stream, dto.reason);
    const data = { runId: stream.slice('pipelineRun-'.length), binding, reason };
    return this.service.carryOut(asked, { stream, command: { type: 'BindPipelineRun', data } }, pipelineRunView);
  }
}
