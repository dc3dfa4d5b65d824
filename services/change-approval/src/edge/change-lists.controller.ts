import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Answers, type Asked, AskedBy, type Listing, Lists, Permission, type Report } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { inForce } from '../domain/rules.ts';
import { type Approver, type ChangeFilter, changes } from '../read/change-list.query.ts';
import { snapshot } from '../read/copies.query.ts';
import { ChangeRowDto } from './changes.answers.dto.ts';
import { ChangeCountsDto, CountChangesQuery, ListChangesQuery } from './change-lists.dto.ts';
import { personFacts } from './people-facts.ts';
import { idsOf } from './references.ts';

const VIEW = 'change-approval.changes';

/** Stands before the change by its id, which a word such as `counts` would be, too. */
@Controller('v1/changes')
@ApiTags('changes')
export class ChangeListsController {
  constructor(private readonly service: Service) {}

  @Get()
  @Permission('changes:read')
  @ApiOperation({ summary: 'Changes, the last raised first; from and to touch the window; awaiting=me is an inbox' })
  @Lists(ChangeRowDto)
  async list(@AskedBy() asked: Asked, @Query() query: ListChangesQuery): Promise<Listing> {
    const filter = await this.filterIn(asked, query);
    return this.service.listWithin(asked, VIEW, query, page => changes.page(this.service.dataSource, filter, page));
  }

  @Get('counts')
  @Permission('changes:read')
  @ApiOperation({ summary: 'How many changes there are, by state and by model; the filters are those of the list' })
  @Answers(200, ChangeCountsDto)
  async counts(@AskedBy() asked: Asked, @Query() query: CountChangesQuery): Promise<Report> {
    const filter = await this.filterIn(asked, query);
    return this.service.reportWithin(asked, VIEW, query.afterEvent, within =>
      changes.counts(this.service.dataSource, filter, ['state', 'model', 'onHold'], within),
    );
  }

  private async filterIn(asked: Asked, query: CountChangesQuery): Promise<ChangeFilter> {
    const { q, ref, label, state, model, onHold, from, to } = query;
    const [service] = await idsOf(this.service, 'service', query.service ? [query.service] : []);
    const [environment] = await idsOf(this.service, 'environment', query.environment ? [query.environment] : []);
    const release = query.release && idOf(await this.service.streamOf('release', query.release));
    const team = query.team && (await this.servicesOf(query.team));
    const awaiting = query.awaiting && (await this.approver(asked));
    const given = { q, ref, label, state, model, onHold, from, to, service, environment, release, team, awaiting };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  }

  private servicesOf(team: string): Promise<readonly string[]> {
    return snapshot(this.service.dataSource, copies => copies.servicesOf([team]));
  }

  /** Who asks, as somebody who approves: nobody but a registered person does. */
  private async approver({ stamp }: Asked): Promise<Approver> {
    const { kind, aliases, roleGrants } = await snapshot(this.service.dataSource, copies =>
      personFacts(copies, stamp.actor),
    );
    const grants = kind === 'person' ? roleGrants.filter(grant => inForce(grant, stamp.recordedAt)) : [];
    return { aliases, grants: grants.map(({ role, services, environments }) => ({ role, services, environments })) };
  }
}
