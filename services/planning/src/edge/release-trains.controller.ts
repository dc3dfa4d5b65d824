import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Cadence } from '@slipway/contracts';
import { type Answer, Answers, type Asked, AskedBy, Listing, Lists, Permission, Unscoped } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import type { TrainCommand } from '../domain/release-train-commands.ts';
import { listTrains, passengersOf } from '../read/release-train-list.query.ts';
import { releaseTrainRecord } from '../read/release-train.view.ts';
import { departuresAfter, requireCadence } from './departures.ts';
import {
  type CadenceDto,
  ChangeCadenceDto,
  DepartureDto,
  DeparturesQuery,
  ListTrainsQuery,
  PlanTrainDto,
  ReleaseTrainDto,
  ReleaseTrainRowDto,
  RetireTrainDto,
} from './release-trains.dto.ts';
import { trainNow } from './trains.ts';

/** Trains depart by a cadence; releases board a departure, which gives them their window. */
@Controller('v1/release-trains')
@ApiTags('release-trains')
export class ReleaseTrainsController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('releases:write')
  @ApiOperation({ summary: 'Plans a train with its cadence' })
  @Answers(201, ReleaseTrainDto)
  async plan(@AskedBy() asked: Asked, @Body() dto: PlanTrainDto): Promise<Answer> {
    const stream = asked.newStream('releaseTrain');
    const cadence = cadenceIn(dto.cadence);
    const [named] = await this.service.pseudonymsOf(dto.owner === undefined ? [] : [dto.owner]);
    const description = await this.service.seal(stream, dto.description);
    const { title } = dto;
    const data = { title, owner: named ?? asked.stamp.actor, ...(description && { description }), cadence };
    return this.carryOut(asked, stream, { type: 'PlanReleaseTrain', data });
  }

  @Post(':id/change-cadence')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Gives a train another cadence; who is aboard keeps the window that he has' })
  @Answers(200, ReleaseTrainDto)
  async changeCadence(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: ChangeCadenceDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const cadence = cadenceIn(dto.cadence);
    const reason = await this.service.seal(stream, dto.reason);
    return this.carryOut(asked, stream, { type: 'ChangeCadence', data: { cadence, ...(reason && { reason }) } });
  }

  @Post(':id/retire')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Retires a train: nobody boards it any more' })
  @Answers(200, ReleaseTrainDto)
  async retire(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RetireTrainDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const reason = await this.service.seal(stream, dto.reason);
    return this.carryOut(asked, stream, { type: 'RetireReleaseTrain', data: { reason } });
  }

  @Get(':id/departures')
  @Unscoped()
  @Permission('releases:read')
  @ApiOperation({ summary: 'The next departures, and which releases are aboard' })
  @Lists(DepartureDto)
  async departures(@Param('id') id: string, @Query() query: DeparturesQuery): Promise<Listing> {
    const { stream, train } = await trainNow(this.service, id);
    const { from = new Date().toISOString(), count = 10 } = query;
    const next = train.state === 'Running' ? departuresAfter(train.cadence, from, count) : [];
    const position = await this.service.positionShown('planning.releases', query.afterEvent);
    const { dataSource } = this.service;
    const aboard = await passengersOf(
      dataSource,
      idOf(stream),
      next.map(({ departure }) => departure),
    );
    const items = next.map(each => ({ ...each, releases: aboard.get(each.departure) ?? [] }));
    return new Listing(items, position);
  }

  @Get(':id')
  @Unscoped()
  @Permission('releases:read')
  @ApiOperation({ summary: 'One train' })
  @Answers(200, ReleaseTrainDto)
  async one(@Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.streamOf(id), releaseTrainRecord);
  }

  @Get()
  @Unscoped()
  @Permission('releases:read')
  @ApiOperation({ summary: 'Trains, the last planned first' })
  @Lists(ReleaseTrainRowDto)
  async list(@Query() query: ListTrainsQuery): Promise<Listing> {
    const { q, state, ref, label } = query;
    const given = Object.entries({ q, state, ref, label }).filter(([, value]) => value !== undefined);
    const filter = Object.fromEntries(given);
    return this.service.list('planning.release-trains', query, page =>
      listTrains(this.service.dataSource, filter, page),
    );
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('releaseTrain', id);
  }

  private carryOut(asked: Asked, stream: string, command: TrainCommand): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, releaseTrainRecord);
  }
}

const cadenceIn = ({ start, timeZone, rrule, durationMinutes }: CadenceDto): Cadence => {
  const cadence = { start, timeZone, rrule, durationMinutes };
  requireCadence(cadence);
  return cadence;
};
