import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, NothingDto, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { ProblemCommand } from '../domain/problem.ts';
import { problems } from '../read/problem-list.query.ts';
import { problemRecord } from '../read/problem.view.ts';
import { changeOf, noteOf } from './incident-orders.ts';
import { IncidentReasonDto } from './incident-work.dto.ts';
import {
  KnownErrorDto,
  LinkChangeDto,
  LinkIncidentDto,
  ListProblemsQuery,
  OpenProblemDto,
  ProblemDto,
  ProblemRowDto,
  ResolveProblemDto,
  UnlinkChangeDto,
  UnlinkIncidentDto,
  WorkaroundDto,
} from './problems.dto.ts';
import { idOfName, idOfRecord, idsOfNames, reasonOf } from './references.ts';

type CommandFor = (stream: string) => ProblemCommand | Promise<ProblemCommand>;

/** The causes behind incidents, from unknown to resolved. `id` is an id or a number (PRB-3). */
@Controller('v1/problems')
@ApiTags('problems')
export class ProblemsController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Opens a problem, of incidents or before there is one' })
  @Answers(201, ProblemDto)
  async open(@AskedBy() asked: Asked, @Body() dto: OpenProblemDto): Promise<Answer> {
    const { title, owner, description, services = [], incidents = [] } = dto;
    const stream = asked.newStream('problem');
    const [named = asked.stamp.actor] = await this.service.pseudonymsOf(owner === undefined ? [] : [owner]);
    const sealed = await this.service.seal(stream, description);
    const data = {
      title,
      owner: named,
      ...(sealed !== undefined && { description: sealed }),
      serviceIds: await idsOfNames(this.service, 'service', services),
      incidentIds: await Promise.all([...new Set(incidents)].map(each => idOfRecord(this.service, 'incident', each))),
    };
    return this.service.carryOut(asked, { stream, command: { type: 'OpenProblem', data } }, problemRecord);
  }

  @Post(':id/link-incident')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Links an incident that the problem is behind' })
  @Answers(200, ProblemDto)
  linkIncident(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: LinkIncidentDto): Promise<Answer> {
    return this.carryOut(asked, id, async () => ({
      type: 'LinkIncident',
      data: { incidentId: await idOfRecord(this.service, 'incident', dto.incident) },
    }));
  }

  @Post(':id/unlink-incident')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Takes the link to an incident away' })
  @Answers(200, ProblemDto)
  unlinkIncident(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: UnlinkIncidentDto): Promise<Answer> {
    return this.carryOut(asked, id, async stream => {
      const incidentId = await idOfRecord(this.service, 'incident', dto.incident);
      return { type: 'UnlinkIncident', data: { incidentId, ...(await reasonOf(this.service, stream, dto.reason)) } };
    });
  }

  @Post(':id/record-workaround')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Says how to live with it meanwhile; the last one counts' })
  @Answers(200, ProblemDto)
  recordWorkaround(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: WorkaroundDto): Promise<Answer> {
    return this.carryOut(asked, id, async stream => ({
      type: 'RecordWorkaround',
      data: { workaround: await this.service.seal(stream, dto.workaround) },
    }));
  }

  @Post(':id/declare-known-error')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'It is analyzed, and not resolved: says the root cause' })
  @Answers(200, ProblemDto)
  declareKnownError(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: KnownErrorDto): Promise<Answer> {
    return this.carryOut(asked, id, async stream => ({
      type: 'DeclareKnownError',
      data: { rootCause: await this.service.seal(stream, dto.rootCause) },
    }));
  }

  @Post(':id/link-change')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Links a change that is to resolve it' })
  @Answers(200, ProblemDto)
  linkChange(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: LinkChangeDto): Promise<Answer> {
    return this.carryOut(asked, id, async () => ({
      type: 'LinkChange',
      data: { changeId: await idOfRecord(this.service, 'change', dto.change) },
    }));
  }

  @Post(':id/unlink-change')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Takes the link to a change away' })
  @Answers(200, ProblemDto)
  unlinkChange(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: UnlinkChangeDto): Promise<Answer> {
    return this.carryOut(asked, id, async stream => {
      const changeId = await idOfRecord(this.service, 'change', dto.change);
      return { type: 'UnlinkChange', data: { changeId, ...(await reasonOf(this.service, stream, dto.reason)) } };
    });
  }

  @Post(':id/resolve')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'It is resolved, by a change where one did it' })
  @Answers(200, ProblemDto)
  resolve(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ResolveProblemDto): Promise<Answer> {
    return this.carryOut(asked, id, async stream => ({
      type: 'ResolveProblem',
      data: { ...(await changeOf(this.service, dto.change)), ...(await noteOf(this.service, stream, dto.note)) },
    }));
  }

  @Post(':id/reopen')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'It was not resolved' })
  @Answers(200, ProblemDto)
  reopen(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: IncidentReasonDto): Promise<Answer> {
    return this.carryOut(asked, id, async stream => ({
      type: 'ReopenProblem',
      data: { reason: await this.service.seal(stream, dto.reason) },
    }));
  }

  @Post(':id/close')
  @Permission('incidents:write')
  @ApiOperation({ summary: 'Nothing more is to be done about it' })
  @Answers(200, ProblemDto)
  close(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    return this.carryOut(asked, id, () => ({ type: 'CloseProblem', data: {} }));
  }

  @Get(':id')
  @Permission('incidents:read')
  @ApiOperation({ summary: 'One problem with its workaround, root cause, incidents and changes' })
  @Answers(200, ProblemDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.service.streamOf('problem', id), problemRecord, asked);
  }

  @Get()
  @Permission('incidents:read')
  @ApiOperation({ summary: 'Problems, the last opened first; `state=KnownError` are the known errors' })
  @Lists(ProblemRowDto)
  async list(@AskedBy() asked: Asked, @Query() query: ListProblemsQuery): Promise<Listing> {
    const { service, incident, change, ...filter } = query;
    const about = {
      ...(service !== undefined && { service: idOfName('service', service) }),
      ...(incident !== undefined && { incident: await idOfRecord(this.service, 'incident', incident) }),
      ...(change !== undefined && { change: await idOfRecord(this.service, 'change', change) }),
    };
    return this.service.listWithin(asked, 'incident-correlation.problems', query, page =>
      problems.page(this.service.dataSource, { ...filter, ...about }, page),
    );
  }

  private async carryOut(asked: Asked, id: string, commandFor: CommandFor): Promise<Answer> {
    const stream = await this.service.streamOf('problem', id);
    return this.service.carryOut(asked, { stream, command: await commandFor(stream) }, problemRecord);
  }
}
