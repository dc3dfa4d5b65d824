import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import { onIncident } from './incident-orders.ts';
import { IncidentDto } from './incidents.answers.dto.ts';
import { IncidentReasonDto, RoleDto } from './incident-work.dto.ts';
import { addTask, changeTask, completeTask, dropTask } from './task-orders.ts';
import { AddTaskDto, ChangeTaskDto, CompleteTaskDto, DropTaskDto } from './tasks.dto.ts';

/** Who does what about an incident. */
@Controller('v1/incidents/:id')
@ApiTags('incidents')
@Permission('incidents:write')
export class WarRoomController {
  constructor(private readonly service: Service) {}

  @Post('assign-role')
  @ApiOperation({
    summary: 'Somebody takes a role in the war room; coordinator, communicator and scribe are one person',
  })
  @Answers(200, IncidentDto)
  assignRole(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RoleDto): Promise<Answer> {
    return onIncident(this.service, asked, id, async () => ({ type: 'AssignRole', data: await this.held(dto) }));
  }

  @Post('end-role')
  @ApiOperation({ summary: 'Somebody no longer has a role in the war room' })
  @Answers(200, IncidentDto)
  endRole(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RoleDto): Promise<Answer> {
    return onIncident(this.service, asked, id, async () => ({ type: 'EndRole', data: await this.held(dto) }));
  }

  @Post('escalate')
  @ApiOperation({ summary: 'Calls the next role: on-call, coordinator, service owner, management' })
  @Answers(200, IncidentDto)
  escalate(@AskedBy() asked: Asked, @Param('id') id: string, @Body() { reason }: IncidentReasonDto): Promise<Answer> {
    return onIncident(this.service, asked, id, async stream => ({
      type: 'EscalateIncident',
      data: { reason: await this.service.seal(stream, reason) },
    }));
  }

  @Post('add-task')
  @ApiOperation({ summary: 'Adds a task, with an owner, a place in the order and a time when it is due' })
  @Answers(200, IncidentDto)
  addTask(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: AddTaskDto): Promise<Answer> {
    return onIncident(this.service, asked, id, () => addTask(this.service, dto));
  }

  @Post('change-task')
  @ApiOperation({ summary: 'Changes title, owner, order or due time of an open task' })
  @Answers(200, IncidentDto)
  changeTask(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ChangeTaskDto): Promise<Answer> {
    return onIncident(this.service, asked, id, () => changeTask(this.service, dto));
  }

  @Post('complete-task')
  @ApiOperation({ summary: 'A task is done' })
  @Answers(200, IncidentDto)
  completeTask(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: CompleteTaskDto): Promise<Answer> {
    return onIncident(this.service, asked, id, stream => completeTask(this.service, stream, dto));
  }

  @Post('drop-task')
  @ApiOperation({ summary: 'A task is not to be done, and why' })
  @Answers(200, IncidentDto)
  dropTask(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: DropTaskDto): Promise<Answer> {
    return onIncident(this.service, asked, id, stream => dropTask(this.service, stream, dto));
  }

  private async held({ role, person }: RoleDto) {
    const [pseudonym = ''] = await this.service.pseudonymsOf([person]);
    return { role, person: pseudonym };
  }
}
