import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, invalidFields, NothingDto, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { ReleaseCommand } from '../domain/release-commands.ts';
import { releaseRecord } from '../read/release.view.ts';
import { isServiceAccount, targetsOf } from './references.ts';
import { releaseNow } from './release-now.ts';
import { ReleaseDto } from './releases.answers.dto.ts';
import {
  DraftReleaseDto,
  ReleaseReasonDto,
  type ReleaseTargetDto,
  RescheduleReleaseDto,
  ScheduleReleaseDto,
} from './releases.dto.ts';

/** What ships, when, with what and where. A release is named in a path by its id or its number. */
@Controller('v1/releases')
@ApiTags('releases')
export class ReleasesController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('releases:write')
  @ApiOperation({ summary: 'Drafts a release' })
  @Answers(201, ReleaseDto)
  async draft(@AskedBy() asked: Asked, @Body() dto: DraftReleaseDto): Promise<Answer> {
    const stream = asked.newStream('release');
    const { title, class: size, changeModel = 'normal', owner, description } = dto;
    const [named] = await this.service.pseudonymsOf(owner ? [owner] : []);
    const sealed = await this.service.seal(stream, description);
    return this.carryOut(asked, stream, {
      type: 'DraftRelease',
      data: {
        title,
        class: size,
        changeModel,
        owner: named ?? asked.stamp.actor,
        ...(sealed && { description: sealed }),
      },
    });
  }

  @Post(':id/schedule')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Gives a draft its window and its targets' })
  @Answers(200, ReleaseDto)
  async schedule(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ScheduleReleaseDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const targets = await targetsOf(this.service, dto.targets ?? (await this.proposedTargets(stream)));
    const data = { ...(dto.window && { window: dto.window }), ...targets };
    return this.carryOut(asked, stream, { type: 'ScheduleRelease', data });
  }

  @Post(':id/reschedule')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Moves the window, the targets or both. Other targets take the authorization away' })
  @Answers(200, ReleaseDto)
  async reschedule(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { window, targets }: RescheduleReleaseDto,
  ): Promise<Answer> {
    if (!window && !targets) throw invalidFields([{ pointer: '', detail: 'a window or targets must be there' }]);
    const stream = await this.streamOf(id);
    const moved = targets && (await targetsOf(this.service, targets));
    const data = { ...(window && { window }), ...(moved && { moved }) };
    return this.carryOut(asked, stream, { type: 'RescheduleRelease', data });
  }

  @Post(':id/hold')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Puts a release on hold: no go, and no deployment of it is allowed' })
  @Answers(200, ReleaseDto)
  hold(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ReleaseReasonDto): Promise<Answer> {
    return this.withReason(asked, id, 'HoldRelease', dto);
  }

  @Post(':id/resume')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Takes a release off hold' })
  @Answers(200, ReleaseDto)
  async resume(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    return this.carryOut(asked, await this.streamOf(id), { type: 'ResumeRelease', data: {} });
  }

  @Post(':id/go')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Gives the go for an authorized release: a person, in his or her own name' })
  @Answers(200, ReleaseDto)
  async go(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const byServiceAccount = await isServiceAccount(this.service, asked.stamp.actor);
    return this.carryOut(asked, stream, { type: 'GoRelease', data: { byServiceAccount } });
  }

  @Post(':id/cancel')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Cancels a release before anything of it was started in production' })
  @Answers(200, ReleaseDto)
  cancel(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ReleaseReasonDto): Promise<Answer> {
    return this.withReason(asked, id, 'CancelRelease', dto);
  }

  @Post(':id/withdraw')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Withdraws a release after something of it was started in production' })
  @Answers(200, ReleaseDto)
  withdraw(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ReleaseReasonDto): Promise<Answer> {
    return this.withReason(asked, id, 'WithdrawRelease', dto);
  }

  @Post(':id/end-early-life-support')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Ends early life support: what is live is reviewed' })
  @Answers(200, ReleaseDto)
  async endEarlyLifeSupport(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() _nothing: NothingDto,
  ): Promise<Answer> {
    return this.carryOut(asked, await this.streamOf(id), { type: 'EndEarlyLifeSupport', data: {} });
  }

  @Post(':id/reopen-planning')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Plans a release anew, from review, when nothing of it is left live' })
  @Answers(200, ReleaseDto)
  reopenPlanning(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ReleaseReasonDto): Promise<Answer> {
    return this.withReason(asked, id, 'ReopenPlanning', dto);
  }

  @Post(':id/close')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Closes a reviewed release, as full, partial or rolled back by what was left live' })
  @Answers(200, ReleaseDto)
  async close(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    return this.carryOut(asked, await this.streamOf(id), { type: 'CloseRelease', data: {} });
  }

  @Get(':id')
  @Permission('releases:read')
  @ApiOperation({ summary: 'One release' })
  @Answers(200, ReleaseDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return this.service.record(await this.streamOf(id), releaseRecord, asked);
  }

  private async proposedTargets(stream: string): Promise<readonly ReleaseTargetDto[]> {
    const { proposedTargets = [] } = (await releaseNow(this.service, stream)) ?? {};
    return proposedTargets.map(({ serviceId: service, environmentId: environment, wave }) => ({
      service,
      environment,
      wave,
    }));
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('release', id);
  }

  private carryOut(asked: Asked, stream: string, command: ReleaseCommand): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, releaseRecord);
  }

  private async withReason(
    asked: Asked,
    id: string,
    type: 'HoldRelease' | 'CancelRelease' | 'WithdrawRelease' | 'ReopenPlanning',
    dto: ReleaseReasonDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    return this.carryOut(asked, stream, { type, data: { reason: await this.service.seal(stream, dto.reason) } });
  }
}
