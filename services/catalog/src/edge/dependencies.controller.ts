import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { AfterEventQuery, Answers, notFound, Permission, type Report, Unscoped } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { DependencyGraph } from '../read/dependency-graph.ts';
import { dependencyGraph } from '../read/dependency-graph.query.ts';
import { BlastRadiusDto, CallsDto, CyclesDto, PathQuery } from './dependencies.dto.ts';
import { idOfReference } from './references.ts';

/** Who depends on whom. A service is named by its id or its name. */
@Controller('v1/services')
@ApiTags('services')
export class DependenciesController {
  constructor(private readonly service: Service) {}

  @Get('cycles')
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'Services that depend on each other: one cycle of calls for each group of them' })
  @Answers(200, CyclesDto)
  cycles(@Query() { afterEvent }: AfterEventQuery): Promise<Report> {
    return this.answered(afterEvent, (graph, named) => ({ items: graph.cycles().map(cycle => cycle.map(named)) }));
  }

  @Get(':id/cycle')
  @Permission('catalog:read')
  @ApiOperation({ summary: 'A shortest chain of calls from a service back to itself, empty when there is none' })
  @Answers(200, CallsDto)
  cycle(@Param('id') id: string, @Query() { afterEvent }: AfterEventQuery): Promise<Report> {
    return this.answered(afterEvent, (graph, named) => ({
      items: graph.cycleThrough(this.known(graph, id)).map(named),
    }));
  }

  @Get(':id/blast-radius')
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({
    summary: 'All that depend on a service, directly or not, the nearest first, with the path that explains it',
  })
  @Answers(200, BlastRadiusDto)
  blastRadius(@Param('id') id: string, @Query() { afterEvent }: AfterEventQuery): Promise<Report> {
    return this.answered(afterEvent, (graph, named) => ({
      service: named(this.known(graph, id)),
      items: graph
        .blastRadius(this.known(graph, id))
        .map(({ serviceId, distance, path }) => ({ ...named(serviceId), distance, path: path.map(named) })),
    }));
  }

  @Get(':id/path')
  @Unscoped()
  @Permission('catalog:read')
  @ApiOperation({ summary: 'How a service depends on another: a shortest chain of calls, empty when it does not' })
  @Answers(200, CallsDto)
  path(@Param('id') id: string, @Query() { to, afterEvent }: PathQuery): Promise<Report> {
    return this.answered(afterEvent, (graph, named) => {
      const path = graph.path(this.known(graph, id), this.known(graph, to)) ?? [];
      return { items: path.map(named) };
    });
  }

  private answered(
    afterEvent: string | undefined,
    answer: (graph: DependencyGraph, named: (id: string) => Named) => object,
  ): Promise<Report> {
    return this.service.report('catalog.services', afterEvent, async () => {
      const { graph, names } = await dependencyGraph(this.service.dataSource);
      return answer(graph, id => ({ serviceId: id, ...(names.has(id) && { name: names.get(id) ?? '' }) }));
    });
  }

  private known(graph: DependencyGraph, reference: string): string {
    const id = idOfReference('service', reference);
    if (!graph.has(id)) throw notFound(`There is no service ${reference}.`);
    return id;
  }
}

type Named = Readonly<{ serviceId: string; name?: string }>;
