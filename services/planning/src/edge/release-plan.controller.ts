import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import type { PlanCommand } from '../domain/release-commands.ts';
import { releaseRecord } from '../read/release.view.ts';
import { isServiceAccount } from './references.ts';
import {
  DropPlannedDto,
  MeetCriterionDto,
  NameManagerDto,
  PassGateDto,
  PlanMilestoneDto,
  PlanPhaseDto,
  ReachMilestoneDto,
  ReopenCriterionDto,
  StateRaciDto,
} from './release-plan.dto.ts';
import { ReleaseDto } from './releases.answers.dto.ts';

/** Milestones, phases with their gates, and who answers for what. None of it is content: authorizations stay. */
@Controller('v1/releases')
@ApiTags('releases')
export class ReleasePlanController {
  constructor(private readonly service: Service) {}

  @Post(':id/plan-milestone')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Plans a milestone, or plans it again for another day' })
  @Answers(200, ReleaseDto)
  async planMilestone(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: PlanMilestoneDto,
  ): Promise<Answer> {
    const [owner] = await this.service.pseudonymsOf(dto.owner === undefined ? [] : [dto.owner]);
    const data = { name: dto.name, dueAt: dto.dueAt, ...(owner !== undefined && { owner }) };
    return this.carryOut(asked, await this.streamOf(id), { type: 'PlanMilestone', data });
  }

  @Post(':id/reach-milestone')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Says that a milestone is reached, by whom and when' })
  @Answers(200, ReleaseDto)
  async reachMilestone(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: ReachMilestoneDto,
  ): Promise<Answer> {
    const [by = asked.stamp.actor] = await this.service.pseudonymsOf(dto.by === undefined ? [] : [dto.by]);
    const command = { type: 'ReachMilestone', data: { name: dto.name, by } } as const;
    return this.carryOut(asked.at(dto.reachedAt), await this.streamOf(id), command);
  }

  @Post(':id/drop-milestone')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Drops a milestone that was not reached' })
  @Answers(200, ReleaseDto)
  dropMilestone(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: DropPlannedDto): Promise<Answer> {
    return this.drop(asked, id, 'DropMilestone', dto);
  }

  @Post(':id/plan-phase')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Plans a phase with the criteria of its gates, after those that are there' })
  @Answers(200, ReleaseDto)
  async planPhase(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: PlanPhaseDto): Promise<Answer> {
    const { name, entryCriteria, exitCriteria } = dto;
    const data = { name, entryCriteria, exitCriteria };
    return this.carryOut(asked, await this.streamOf(id), { type: 'PlanPhase', data });
  }

  @Post(':id/drop-phase')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Drops a phase that was not entered' })
  @Answers(200, ReleaseDto)
  dropPhase(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: DropPlannedDto): Promise<Answer> {
    return this.drop(asked, id, 'DropPhase', dto);
  }

  @Post(':id/meet-criterion')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Says that a criterion of a gate is met: a person, or a tool that checked it' })
  @Answers(200, ReleaseDto)
  async meetCriterion(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: MeetCriterionDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const { phase, gate, criterion } = dto;
    const note = await this.service.seal(stream, dto.note);
    const data = { phase, gate, criterion, ...(note !== undefined && { note }) };
    return this.carryOut(asked, stream, { type: 'MeetCriterion', data });
  }

  @Post(':id/reopen-criterion')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Says that a criterion is not met after all, before its gate was passed' })
  @Answers(200, ReleaseDto)
  async reopenCriterion(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: ReopenCriterionDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const { phase, gate, criterion } = dto;
    const data = { phase, gate, criterion, reason: await this.service.seal(stream, dto.reason) };
    return this.carryOut(asked, stream, { type: 'ReopenCriterion', data });
  }

  @Post(':id/pass-gate')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Passes the gate of a phase, with no criterion open: a person, in his or her own name' })
  @Answers(200, ReleaseDto)
  async passGate(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { phase, gate }: PassGateDto,
  ): Promise<Answer> {
    const byServiceAccount = await isServiceAccount(this.service, asked.stamp.actor);
    return this.carryOut(asked, await this.streamOf(id), { type: 'PassGate', data: { phase, gate, byServiceAccount } });
  }

  @Post(':id/name-manager')
  @Permission('releases:write')
  @ApiOperation({ summary: 'Names the release manager' })
  @Answers(200, ReleaseDto)
  async nameManager(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: NameManagerDto): Promise<Answer> {
    const [manager = ''] = await this.service.pseudonymsOf([dto.manager]);
    return this.carryOut(asked, await this.streamOf(id), { type: 'NameReleaseManager', data: { manager } });
  }

  @Post(':id/state-raci')
  @Permission('releases:write')
  @ApiOperation({ summary: 'States who is responsible, accountable, consulted and informed' })
  @Answers(200, ReleaseDto)
  async stateRaci(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: StateRaciDto): Promise<Answer> {
    const people = async (named: readonly string[] = []) => [...new Set(await this.service.pseudonymsOf(named))];
    const [accountable] = await people(dto.accountable === undefined ? [] : [dto.accountable]);
    const data = {
      responsible: await people(dto.responsible),
      ...(accountable !== undefined && { accountable }),
      consulted: await people(dto.consulted),
      informed: await people(dto.informed),
    };
    return this.carryOut(asked, await this.streamOf(id), { type: 'StateRaci', data });
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('release', id);
  }

  private carryOut(asked: Asked, stream: string, command: PlanCommand): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, releaseRecord);
  }

  private async drop(
    asked: Asked,
    id: string,
    type: 'DropMilestone' | 'DropPhase',
    dto: DropPlannedDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const reason = await this.service.seal(stream, dto.reason);
    return this.carryOut(asked, stream, { type, data: { name: dto.name, ...(reason !== undefined && { reason }) } });
  }
}
