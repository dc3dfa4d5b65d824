import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, type Asked, AskedBy, type Listing, Lists, Permission, type Report } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { servicesOfTeam } from '../read/catalog.query.ts';
import { type ReleaseFilter, releases } from '../read/release-list.query.ts';
import { idsOf } from './references.ts';
import { CountReleasesQuery, ListReleasesQuery, ReleaseCountsDto } from './release-list.dto.ts';
import { ReleaseRowDto } from './releases.answers.dto.ts';

/** Before what takes a path for an id. */
@Controller('v1/releases')
@ApiTags('releases')
export class ReleaseListController {
  constructor(private readonly service: Service) {}

  @Get()
  @Permission('releases:read')
  @ApiOperation({ summary: 'Releases, the last drafted first; from and to touch the window' })
  @Lists(ReleaseRowDto)
  async list(@AskedBy() asked: Asked, @Query() query: ListReleasesQuery): Promise<Listing> {
    const filter = await this.filterOf(query);
    return this.service.listWithin(asked, 'planning.releases', query, page =>
      releases.page(this.service.dataSource, filter, page),
    );
  }

  @Get('counts')
  @Permission('releases:read')
  @ApiOperation({ summary: 'How many releases there are, by state; the filters are those of the list' })
  @Answers(200, ReleaseCountsDto)
  async counts(@AskedBy() asked: Asked, @Query() query: CountReleasesQuery): Promise<Report> {
    const filter = await this.filterOf(query);
    return this.service.reportWithin(asked, 'planning.releases', query.afterEvent, within =>
      releases.counts(this.service.dataSource, filter, ['state', 'held'], within),
    );
  }

  private async filterOf(query: CountReleasesQuery): Promise<ReleaseFilter> {
    const { q, state, held, ref, label, from, to } = query;
    const [service] = await idsOf(this.service, 'service', query.service ? [query.service] : []);
    const [environment] = await idsOf(this.service, 'environment', query.environment ? [query.environment] : []);
    const team = query.team === undefined ? undefined : await servicesOfTeam(this.service.dataSource, query.team);
    const needs = await this.idOf('release', query.needs);
    const train = await this.idOf('releaseTrain', query.train);
    const said = { q, state, held, ref, label, from, to, service, environment, team, needs, train };
    return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  }

  private async idOf(category: string, named: string | undefined): Promise<string | undefined> {
    return named === undefined ? undefined : idOf(await this.service.streamOf(category, named));
  }
}
