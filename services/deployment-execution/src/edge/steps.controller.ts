import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, invalidFields, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import { deploymentRecord } from '../read/deployment.view.ts';
import { DeploymentDto } from './deployments.answers.dto.ts';
import { DeploymentFailureDto } from './deployments.dto.ts';
import { ProgressDto, ReportStepDto, STEP, SwitchCutoverDto } from './steps.dto.ts';

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
    return this.tell(asked.at(dto.occurredAt), id, 'StartStep', { step });
  }

  @Post('report')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'How far a step is, and how many errors it had; more than planned are a fact of their own' })
  @Answers(200, DeploymentDto)
  report(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Param('step') step: string,
    @Body() { occurredAt, percent, errors }: ReportStepDto,
  ): Promise<Answer> {
    const said = { ...(percent !== undefined && { percent }), ...(errors !== undefined && { errors }) };
    return this.tell(asked.at(occurredAt), id, 'ReportStep', { step, ...said });
  }

  @Post('switch')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'Of a cutover: DNS or the load balancer names the new one from now on' })
  @Answers(200, DeploymentDto)
  switchCutover(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Param('step') step: string,
    @Body() { occurredAt, via }: SwitchCutoverDto,
  ): Promise<Answer> {
    return this.tell(asked.at(occurredAt), id, 'SwitchCutover', { step, ...(via && { via }) });
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
    return this.tell(asked.at(dto.occurredAt), id, 'SucceedStep', { step });
  }

  @Post('fail')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'A step has failed; the deployment has not, yet' })
  @Answers(200, DeploymentDto)
  fail(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Param('step') step: string,
    @Body() { reason, occurredAt }: DeploymentFailureDto,
  ): Promise<Answer> {
    return this.tell(asked.at(occurredAt), id, 'FailStep', { step }, reason);
  }

  private async tell(
    asked: Asked,
    id: string,
    type: string,
    said: Readonly<{ step: string }>,
    reason?: string,
  ): Promise<Answer> {
    if (!STEP.test(said.step))
      throw invalidFields([
        { pointer: '/step', detail: 'A step is named with 1 to 80 letters, digits, spaces and . _ -' },
      ]);
    const stream = await this.service.streamOf('deployment', id);
    const sealed = await this.service.seal(stream, reason);
    const data = { ...said, ...(sealed !== undefined && { reason: sealed }) };
    return this.service.carryOut(asked, { stream, command: { type, data } }, deploymentRecord);
  }
}
