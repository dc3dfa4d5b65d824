import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, invalidFields, NothingDto, Permission } from '@slipway/edge';
import type { Message } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { changeRecord } from '../read/change.view.ts';
import { ChangeDto } from './changes.answers.dto.ts';
import {
  ApproveChangeDto,
  RaiseChangeDto,
  ReasonDto,
  RejectChangeDto,
  ResumeChangeDto,
  ReviewChangeDto,
  ReviseChangeDto,
} from './changes.dto.ts';
import { ownProposal } from './own-content.ts';
import { sealedPlans } from './plans.ts';
import type { RaiseByHand, VerdictByHand } from './prepare.ts';

/** Requests for change. A change is named in a path by its id or its number. */
@Controller('v1/changes')
@ApiTags('changes')
export class ChangesController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('changes:write')
  @ApiOperation({ summary: 'Raises a change by hand: for a release, or with a content of its own' })
  @Answers(201, ChangeDto)
  async raise(@AskedBy() asked: Asked, @Body() dto: RaiseChangeDto): Promise<Answer> {
    const { title, model, description, release, content, plans } = dto;
    if (!release === !content)
      throw invalidFields([{ pointer: '', detail: 'either release or content must be there' }]);
    if (release && plans)
      throw invalidFields([{ pointer: '/plans', detail: 'a change of a release is planned once it is there' }]);
    const stream = asked.newStream('change');
    const sealed = await this.service.seal(stream, description);
    const data: RaiseByHand['data'] = {
      title,
      model,
      requester: asked.stamp.actor,
      ...(sealed && { description: sealed }),
      ...(release && { releaseId: await this.service.idNamed('release', release) }),
      ...(content && {
        proposal: await ownProposal(this.service, content, plans),
        plans: await sealedPlans(this.service, stream, plans),
      }),
    };
    return this.carryOut(asked, stream, { type: 'RaiseChange', data });
  }

  @Post(':id/revise')
  @Permission('changes:write')
  @ApiOperation({
    summary:
      'Revises the content or window of a change that has no release. Approvals are void outside the approved envelope',
  })
  @Answers(200, ChangeDto)
  async revise(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { content }: ReviseChangeDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    return this.carryOut(asked, stream, {
      type: 'ReviseChange',
      data: { proposal: await ownProposal(this.service, content) },
    });
  }

  @Post(':id/assess')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Assesses the risk again. Another level leaves the approved envelope' })
  @Answers(200, ChangeDto)
  async assess(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    return this.carryOut(asked, await this.streamOf(id), { type: 'AssessRisk', data: {} });
  }

  @Post(':id/request-approvals')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Asks for approvals again after a rejection, under the policy in force' })
  @Answers(200, ChangeDto)
  async requestApprovals(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() _nothing: NothingDto,
  ): Promise<Answer> {
    return this.carryOut(asked, await this.streamOf(id), { type: 'RequestApprovals', data: {} });
  }

  @Post(':id/approve')
  @Permission('changes:approve')
  @ApiOperation({ summary: 'Approves the content that was seen. The last approval needed authorizes the change' })
  @Answers(200, ChangeDto)
  approve(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ApproveChangeDto): Promise<Answer> {
    return this.verdict(asked, id, 'GrantApproval', dto);
  }

  @Post(':id/reject')
  @Permission('changes:approve')
  @ApiOperation({ summary: 'Rejects the change: what others approved is void' })
  @Answers(200, ChangeDto)
  reject(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RejectChangeDto): Promise<Answer> {
    return this.verdict(asked, id, 'RejectApproval', dto);
  }

  @Post(':id/hold')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Puts a change on hold: no deployment of it is allowed' })
  @Answers(200, ChangeDto)
  hold(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ReasonDto): Promise<Answer> {
    return this.withReason(asked, id, 'HoldChange', dto);
  }

  @Post(':id/resume')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Takes a change off hold' })
  @Answers(200, ChangeDto)
  resume(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ResumeChangeDto): Promise<Answer> {
    return this.withReason(asked, id, 'ResumeChange', dto);
  }

  @Post(':id/cancel')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Cancels a change: not while a deployment of it runs, and not from review on' })
  @Answers(200, ChangeDto)
  cancel(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ReasonDto): Promise<Answer> {
    return this.withReason(asked, id, 'CancelChange', dto);
  }

  @Post(':id/review')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Says in review how the change went' })
  @Answers(200, ChangeDto)
  async review(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { closeCode, note }: ReviewChangeDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const sealed = await this.service.seal(stream, note);
    return this.carryOut(asked, stream, { type: 'ReviewChange', data: { closeCode, ...(sealed && { note: sealed }) } });
  }

  @Post(':id/close')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Closes a reviewed change' })
  @Answers(200, ChangeDto)
  async close(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    return this.carryOut(asked, await this.streamOf(id), { type: 'CloseChange', data: {} });
  }

  @Get(':id')
  @Permission('changes:read')
  @ApiOperation({ summary: 'One change' })
  @Answers(200, ChangeDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.streamOf(id), changeRecord, asked);
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('change', id);
  }

  private carryOut(asked: Asked, stream: string, command: Message): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, changeRecord);
  }

  private async withReason(
    asked: Asked,
    id: string,
    type: 'HoldChange' | 'ResumeChange' | 'CancelChange',
    { reason }: ResumeChangeDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const sealed = await this.service.seal(stream, reason);
    return this.carryOut(asked, stream, { type, data: { ...(sealed && { reason: sealed }) } });
  }

  private async verdict(asked: Asked, id: string, type: VerdictByHand['type'], dto: ApproveChangeDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const { contentDigest, slot } = dto;
    const comment = await this.service.seal(stream, dto.comment);
    const approver = asked.stamp.actor;
    const data = { contentDigest, approver, ...(slot && { slot }), ...(comment && { comment }) };
    return this.carryOut(asked, stream, { type, data });
  }
}
