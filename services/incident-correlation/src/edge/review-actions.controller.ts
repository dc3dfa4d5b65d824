import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import { onReview } from './review-orders.ts';
import { ReviewDto } from './reviews.dto.ts';
import { addTask, changeTask, completeTask, dropTask } from './task-orders.ts';
import { AddTaskDto, ChangeTaskDto, CompleteTaskDto, DropTaskDto } from './tasks.dto.ts';

/** What is to be done after a review. */
@Controller('v1/reviews/:id')
@ApiTags('reviews')
@Permission('incidents:write')
export class ReviewActionsController {
  constructor(private readonly service: Service) {}

  @Post('add-action')
  @ApiOperation({ summary: 'Agrees on an action, with an owner and a time when it is due' })
  @Answers(200, ReviewDto)
  addAction(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: AddTaskDto): Promise<Answer> {
    return onReview(this.service, asked, id, () => addTask(this.service, dto));
  }

  @Post('change-action')
  @ApiOperation({ summary: 'Changes title, owner, order or due time of an open action' })
  @Answers(200, ReviewDto)
  changeAction(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ChangeTaskDto): Promise<Answer> {
    return onReview(this.service, asked, id, () => changeTask(this.service, dto));
  }

  @Post('complete-action')
  @ApiOperation({ summary: 'An action is done' })
  @Answers(200, ReviewDto)
  completeAction(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: CompleteTaskDto): Promise<Answer> {
    return onReview(this.service, asked, id, stream => completeTask(this.service, stream, dto));
  }

  @Post('drop-action')
  @ApiOperation({ summary: 'An action is not to be done, and why' })
  @Answers(200, ReviewDto)
  dropAction(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: DropTaskDto): Promise<Answer> {
    return onReview(this.service, asked, id, stream => dropTask(this.service, stream, dto));
  }
}
