import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, type Listing, Lists, Permission } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { evaluate } from '../domain/decision.ts';
import { decisions } from '../read/decision-list.query.ts';
import { decisionView } from '../read/decision.view.ts';
import {
  DecisionDto,
  DecisionPreviewAnswer,
  DecisionPreviewDto,
  DecisionRequestDto,
  DecisionRowDto,
  ListDecisionsQuery,
} from './decisions.dto.ts';
import { factsFor } from './prepare.ts';
import { questionIn } from './question.ts';
import { idsOf } from './references.ts';

/** May this content go to this target now? */
@Controller('v1/decisions')
@ApiTags('decisions')
export class DecisionsController {
  constructor(private readonly service: Service) {}

  @Post('preview')
  @HttpCode(200)
  @Permission('decisions:ask')
  @ApiOperation({ summary: 'What the answer would be, now or at another instant. Nothing is recorded' })
  @ApiOkResponse({ type: DecisionPreviewAnswer })
  async preview(@AskedBy() asked: Asked, @Body() dto: DecisionPreviewDto): Promise<ReturnType<typeof evaluate>> {
    const question = await questionIn(this.service, dto, asked.stamp.actor, asked.key);
    this.service.permit(asked, [question.target]);
    return evaluate(await factsFor(this.service, question));
  }

  @Post()
  @Permission('decisions:ask')
  @ApiOperation({ summary: 'Decides, and records the answer with what it was taken on' })
  @Answers(201, DecisionDto)
  async enforce(@AskedBy() asked: Asked, @Body() dto: DecisionRequestDto): Promise<Answer> {
    const stream = asked.newStream('decision');
    const data = await questionIn(this.service, dto, asked.stamp.actor, idOf(stream));
    return this.service.carryOut(asked, { stream, command: { type: 'AskDecision', data } }, decisionView);
  }

  @Get(':id')
  @Permission('decisions:read')
  @ApiOperation({ summary: 'One decision' })
  @Answers(200, DecisionDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.service.streamOf('decision', id), decisionView, asked);
  }

  @Get()
  @Permission('decisions:read')
  @ApiOperation({ summary: 'Decisions, the last asked first' })
  @Lists(DecisionRowDto)
  async list(@AskedBy() asked: Asked, @Query() query: ListDecisionsQuery): Promise<Listing> {
    const { verdict, from, to } = query;
    const [service] = await idsOf(this.service, 'service', query.service ? [query.service] : []);
    const [environment] = await idsOf(this.service, 'environment', query.environment ? [query.environment] : []);
    const [deployment, change, release] = [
      await this.idOf('deployment', query.deployment),
      await this.idOf('change', query.change),
      await this.idOf('release', query.release),
    ];
    const given = Object.entries({ verdict, from, to, service, environment, deployment, change, release });
    const filter = Object.fromEntries(given.filter(([, value]) => value !== undefined));
    return this.service.listWithin(asked, 'change-approval.decisions', query, page =>
      decisions.page(this.service.dataSource, filter, page),
    );
  }

  private async idOf(category: string, given: string | undefined): Promise<string | undefined> {
    return given === undefined ? undefined : idOf(await this.service.streamOf(category, given));
  }
}
