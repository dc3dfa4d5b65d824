import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, Permission } from '@slipway/edge';
import { Service } from '@slipway/service';
import { v7 as uuidv7 } from 'uuid';
import { deploymentRecord } from '../read/deployment.view.ts';
import { DeploymentDto } from './deployments.answers.dto.ts';
import { plainly } from './plainly.ts';
import { LinkLogDto, PlanStepsDto } from './steps.dto.ts';

/** What a deployment is to do, and where it is written what it did. */
@Controller('v1/deployments')
@ApiTags('deployments')
export class PlanController {
  constructor(private readonly service: Service) {}

  @Post(':id/plan-steps')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'Says which steps it is to take, how long each may take and how many errors it may have' })
  @Answers(200, DeploymentDto)
  async planSteps(@AskedBy() asked: Asked, @Param('id') id: string, @Body() { steps }: PlanStepsDto): Promise<Answer> {
    const stream = await this.service.streamOf('deployment', id);
    const command = { type: 'PlanSteps', data: { steps: steps.map(plainly) } };
    return this.service.carryOut(asked, { stream, command }, deploymentRecord);
  }

  @Post(':id/link-log')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'Links a log that is kept elsewhere, of the whole deployment or of a step' })
  @Answers(200, DeploymentDto)
  async linkLog(
    @AskedBy() asked: Asked,
    @Param('id') id: string,
    @Body() { url, step, digest, mediaType }: LinkLogDto,
  ): Promise<Answer> {
    const stream = await this.service.streamOf('deployment', id);
    const about = { ...(step && { step }), ...(digest && { digest }), ...(mediaType && { mediaType }) };
    const data = { logId: uuidv7(), ...about, url: await this.service.seal(stream, url) };
    return this.service.carryOut(asked, { stream, command: { type: 'LinkLog', data } }, deploymentRecord);
  }
}
