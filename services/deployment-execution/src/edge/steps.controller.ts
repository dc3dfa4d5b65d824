import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, invalidFields, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import { deploymentRecord } from '../read/deployment.view.ts';
import { DeploymentDto } from './deployments.answers.dto.ts';
import { DeploymentFailureDto, ProgressDto, STEP } from './deployments.dto.ts';

/** Steps of a running deployment, named by the tool that deploys. */
@Controller('v1/deployments/:id/steps/:step')
@ApiTags('deployments')
export class StepsController {
  constructor(private readonly service: Service) {}

  @Post('start')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'A step has started' })
  @Answers(200, DeploymentDto)
  start(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Param('step') step: string,
    @Body() dto: ProgressDto,
  ): Promise<Answer> {
    return this.report(asked, id, step, 'StartStep', dto);
  }

  @Post('succeed')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'A step has succeeded' })
  @Answers(200, DeploymentDto)
  succeed(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Param('step') step: string,
    @Body() dto: ProgressDto,
  ): Promise<Answer> {
    return this.report(asked, id, step, 'SucceedStep', dto);
  }

  @Post('fail')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'A step has failed; the deployment has not, yet' })
  @Answers(200, DeploymentDto)
  fail(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Param('step') step: string,
    @Body() { reason, ...when }: DeploymentFailureDto,
  ): Promise<Answer> {
    return this.report(asked, id, step, 'FailStep', when, reason);
  }

  private async report(
    asked: Asked,
    id: string,
    step: string,
    type: string,
    { occurredAt }: ProgressDto,
    reason?: string,
  ): Promise<Answer> {
    if (!STEP.test(step))
      throw invalidFields([
        { pointer: '/step', detail: 'A step is named with 1 to 80 letters, digits, spaces and . _ -' },
      ]);
    const stream = await this.service.streamOf('deployment', id);
    const sealed = await this.service.seal(stream, reason);
    return this.service.carryOut(
      asked.at(occurredAt),
      { stream, command: { type, data: { step, ...(sealed !== undefined && { reason: sealed }) } } },
      deploymentRecord,
    );
  }
}
