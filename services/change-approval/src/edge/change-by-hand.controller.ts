import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, Permission, ProblemException } from '@slipway/edge';
import type { DecisionEvent } from '@slipway/contracts';
import { idOf, type Message, type Recorded } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { changeRecord } from '../read/change.view.ts';
import { BeginChangeWorkDto, FinishChangeWorkDto } from './change-work.dto.ts';
import { ChangeDto } from './changes.answers.dto.ts';
import { ReasonDto } from './changes.dto.ts';

/** What no deployment does: a firewall rule, a parameter, a correction of data. */
@Controller('v1/changes')
@ApiTags('changes')
export class ChangeByHandController {
  constructor(private readonly service: Service) {}

  @Post(':id/begin-work')
  @Permission('deployments:write')
  @ApiOperation({
    summary: 'Begins to do by hand, at one target, what was decided upon. The first begins the implementation',
  })
  @Answers(200, ChangeDto)
  async begin(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: BeginChangeWorkDto): Promise<Answer> {
    const stream = await this.service.streamOf('change', id);
    const data = { changeId: idOf(stream), decision: await this.decisionNamed(dto.decision) };
    return this.carryOut(asked, stream, { type: 'BeginWork', data });
  }

  @Post(':id/finish-work')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'Says how the work by hand at one target ended' })
  @Answers(200, ChangeDto)
  async finish(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { attempt, outcome }: FinishChangeWorkDto,
  ): Promise<Answer> {
    const stream = await this.service.streamOf('change', id);
    return this.carryOut(asked, stream, { type: 'FinishWork', data: { attempt, outcome } });
  }

  @Post(':id/withdraw-remaining')
  @Permission('changes:write')
  @ApiOperation({
    summary: 'Withdraws the targets of a change without a release that were not done: its review begins',
  })
  @Answers(200, ChangeDto)
  async withdraw(@AskedBy() asked: Asked, @Param('id') id: string, @Body() { reason }: ReasonDto): Promise<Answer> {
    const stream = await this.service.streamOf('change', id);
    const data = { reason: await this.service.seal(stream, reason) };
    return this.carryOut(asked, stream, { type: 'WithdrawRemaining', data });
  }

  private async decisionNamed(id: string): Promise<DecisionEvent['data']> {
    const { events } = await this.service.store.read<Recorded<DecisionEvent>>(`decision-${id}`);
    const [taken] = events;
    if (!taken)
      throw new ProblemException({ status: 422, code: 'unknown-decision', detail: `There is no decision ${id}.` });
    return taken.data;
  }

  private carryOut(asked: Asked, stream: string, command: Message): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, changeRecord);
  }
}
