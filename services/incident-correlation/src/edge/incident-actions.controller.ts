import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, Permission } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { causeOf, type CommandFor, deploymentOf, noteOf, onIncident } from './incident-orders.ts';
import { IncidentDto } from './incidents.answers.dto.ts';
import {
  AcknowledgeDto,
  CancelDto,
  CloseDto,
  ConfirmCauseDto,
  MitigateDto,
  RejectCandidateDto,
  ReopenDto,
  ResolveDto,
  WithdrawCauseDto,
} from './incidents.dto.ts';
import { idOfRecord } from './references.ts';

/** What people do with an incident. `id` is an id or a number (INC-7). */
@Controller('v1/incidents/:id')
@ApiTags('incidents')
@Permission('incidents:write')
export class IncidentActionsController {
  constructor(private readonly service: Service) {}

  @Post('acknowledge')
  @ApiOperation({ summary: 'Somebody takes care of it' })
  @Answers(200, IncidentDto)
  acknowledge(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: AcknowledgeDto): Promise<Answer> {
    return this.carryOut(asked.at(dto.occurredAt), id, () => ({ type: 'AcknowledgeIncident', data: {} }));
  }

  @Post('mitigate')
  @ApiOperation({ summary: 'Service is restored; names the deployment that did it, if one did' })
  @Answers(200, IncidentDto)
  mitigate(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: MitigateDto): Promise<Answer> {
    const { deployment, note, occurredAt } = dto;
    return this.carryOut(asked.at(occurredAt), id, async stream => {
      const restorer = await deploymentOf(this.service, deployment);
      return { type: 'MitigateIncident', data: { ...restorer, ...(await noteOf(this.service, stream, note)) } };
    });
  }

  @Post('resolve')
  @ApiOperation({ summary: 'The fault is gone' })
  @Answers(200, IncidentDto)
  resolve(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ResolveDto): Promise<Answer> {
    return this.carryOut(asked.at(dto.occurredAt), id, async stream => ({
      type: 'ResolveIncident',
      data: await noteOf(this.service, stream, dto.note),
    }));
  }

  @Post('reopen')
  @ApiOperation({ summary: 'It is not over: its impact begins again' })
  @Answers(200, IncidentDto)
  reopen(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ReopenDto): Promise<Answer> {
    return this.carryOut(asked.at(dto.occurredAt), id, async stream => ({
      type: 'ReopenIncident',
      data: { reason: await this.service.seal(stream, dto.reason) },
    }));
  }

  @Post('cancel')
  @ApiOperation({ summary: 'It repeats another incident, or was a false alarm' })
  @Answers(200, IncidentDto)
  cancel(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { cause, duplicateOf, note }: CancelDto,
  ): Promise<Answer> {
    return this.carryOut(asked, id, async stream => {
      const of =
        duplicateOf === undefined ? {} : { duplicateOf: await idOfRecord(this.service, 'incident', duplicateOf) };
      const data = { cause, incidentId: idOf(stream), ...of, ...(await noteOf(this.service, stream, note)) };
      return { type: 'CancelIncident', data };
    });
  }

  @Post('close')
  @ApiOperation({ summary: 'Nothing more is to be done about it' })
  @Answers(200, IncidentDto)
  close(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: CloseDto): Promise<Answer> {
    return this.carryOut(asked.at(dto.occurredAt), id, () => ({ type: 'CloseIncident', data: {} }));
  }

  @Post('confirm-cause')
  @ApiOperation({ summary: 'A person says what caused it: one of several causes, or that none is known' })
  @Answers(200, IncidentDto)
  confirmCause(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ConfirmCauseDto): Promise<Answer> {
    const { kind, deployment, change, primary = true, note } = dto;
    return this.carryOut(asked, id, async stream => {
      const what = await causeOf(this.service, { kind, deployment, change });
      return { type: 'ConfirmCause', data: { ...what, primary, ...(await noteOf(this.service, stream, note)) } };
    });
  }

  @Post('withdraw-cause')
  @ApiOperation({ summary: 'Takes a confirmed cause back; the oldest that is left becomes the primary one' })
  @Answers(200, IncidentDto)
  withdrawCause(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: WithdrawCauseDto): Promise<Answer> {
    const { kind, deployment, change, reason } = dto;
    return this.carryOut(asked, id, async stream => {
      const what = await causeOf(this.service, { kind, deployment, change });
      return { type: 'WithdrawCause', data: { ...what, reason: await this.service.seal(stream, reason) } };
    });
  }

  @Post('reject-candidate')
  @ApiOperation({ summary: 'A person says that this deployment did not cause it' })
  @Answers(200, IncidentDto)
  rejectCandidate(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RejectCandidateDto): Promise<Answer> {
    return this.carryOut(asked, id, async stream => {
      const deploymentId = await idOfRecord(this.service, 'deployment', dto.deployment);
      return { type: 'RejectCandidate', data: { deploymentId, ...(await noteOf(this.service, stream, dto.note)) } };
    });
  }

  private carryOut(asked: Asked, id: string, commandFor: CommandFor): Promise<Answer> {
    return onIncident(this.service, asked, id, commandFor);
  }
}
