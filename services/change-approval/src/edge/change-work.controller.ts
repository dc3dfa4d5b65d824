import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, invalidFields, Permission } from '@slipway/edge';
import type { Message } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { v7 as uuidv7 } from 'uuid';
import type { RelatedRecord } from '../domain/related-records.ts';
import { changeRecord } from '../read/change.view.ts';
import {
  AddChangeTaskDto,
  AssignChangeTaskDto,
  DropChangeTaskDto,
  FinishChangeTaskDto,
  LinkChangeRecordDto,
  MoveChangeTaskDto,
  PlanChangeDto,
  UnlinkChangeRecordDto,
} from './change-work.dto.ts';
import { ChangeDto } from './changes.answers.dto.ts';
import { sealedPlan } from './plans.ts';

/** How a change is to be done, what there is to do for it, and what it has to do with. */
@Controller('v1/changes')
@ApiTags('changes')
export class ChangeWorkController {
  constructor(private readonly service: Service) {}

  @Post(':id/plan')
  @Permission('changes:write')
  @ApiOperation({
    summary:
      'Plans implementation, test or back-out, in place of the plan before. But for the test, it is what is approved',
  })
  @Answers(200, ChangeDto)
  async plan(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: PlanChangeDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const plan = await sealedPlan(this.service, stream, dto.kind, dto);
    return this.carryOut(asked, stream, { type: 'PlanChange', data: { plan } });
  }

  @Post(':id/add-task')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Adds a task, which must be done or dropped before the change is closed' })
  @Answers(200, ChangeDto)
  async addTask(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: AddChangeTaskDto): Promise<Answer> {
    const stream = await this.streamOf(id);
    const { title, description, owner, order, dueAt } = dto;
    const [named] = await this.service.pseudonymsOf(owner === undefined ? [] : [owner]);
    const sealed = await this.service.seal(stream, description);
    const data = {
      taskId: uuidv7(),
      title,
      ...(order !== undefined && { order }),
      ...(dueAt && { dueAt }),
      ...(named !== undefined && { owner: named }),
      ...(sealed && { description: sealed }),
    };
    return this.carryOut(asked, stream, { type: 'AddTask', data });
  }

  @Post(':id/move-task')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Gives a task another place in the order, or another due time' })
  @Answers(200, ChangeDto)
  async moveTask(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { task, order, dueAt }: MoveChangeTaskDto,
  ): Promise<Answer> {
    const data = { taskId: task, ...(order !== undefined && { order }), ...(dueAt && { dueAt }) };
    return this.carryOut(asked, await this.streamOf(id), { type: 'MoveTask', data });
  }

  @Post(':id/assign-task')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Assigns a task to somebody' })
  @Answers(200, ChangeDto)
  async assignTask(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { task, owner }: AssignChangeTaskDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const [named] = await this.service.pseudonymsOf([owner]);
    return this.carryOut(asked, stream, { type: 'AssignTask', data: { taskId: task, owner: named } });
  }

  @Post(':id/finish-task')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Says that a task is done' })
  @Answers(200, ChangeDto)
  async finishTask(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { task, note }: FinishChangeTaskDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const sealed = await this.service.seal(stream, note);
    return this.carryOut(asked, stream, {
      type: 'FinishTask',
      data: { taskId: task, ...(sealed && { note: sealed }) },
    });
  }

  @Post(':id/drop-task')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Drops a task that will not be done' })
  @Answers(200, ChangeDto)
  async dropTask(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { task, reason }: DropChangeTaskDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const data = { taskId: task, reason: await this.service.seal(stream, reason) };
    return this.carryOut(asked, stream, { type: 'DropTask', data });
  }

  @Post(':id/link-record')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Links an incident or a problem that the change caused, mends, or has to do with' })
  @Answers(200, ChangeDto)
  async linkRecord(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: LinkChangeRecordDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const data = { ...(await this.relatedIn(dto)), relation: dto.relation };
    return this.carryOut(asked, stream, { type: 'LinkRecord', data });
  }

  @Post(':id/unlink-record')
  @Permission('changes:write')
  @ApiOperation({ summary: 'Takes the link to an incident or a problem away' })
  @Answers(200, ChangeDto)
  async unlinkRecord(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() dto: UnlinkChangeRecordDto,
  ): Promise<Answer> {
    const stream = await this.streamOf(id);
    const data = { ...(await this.relatedIn(dto)), reason: await this.service.seal(stream, dto.reason) };
    return this.carryOut(asked, stream, { type: 'UnlinkRecord', data });
  }

  private async relatedIn({ incident, problem }: Pick<LinkChangeRecordDto, 'incident' | 'problem'>) {
    const record: RelatedRecord['record'] = incident === undefined ? 'problem' : 'incident';
    const named = incident ?? problem;
    if (named === undefined || (incident !== undefined && problem !== undefined))
      throw invalidFields([{ pointer: '', detail: 'either incident or problem must be there' }]);
    return { record, recordId: await this.service.idNamed(record, named) };
  }

  private streamOf(id: string): Promise<string> {
    return this.service.streamOf('change', id);
  }

  private carryOut(asked: Asked, stream: string, command: Message): Promise<Answer> {
    return this.service.carryOut(asked, { stream, command }, changeRecord);
  }
}
