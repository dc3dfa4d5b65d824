import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Answer, Answers, type Asked, AskedBy, invalidFields, Permission, ProblemException } from '@slipway/edge';
import { idOf } from '@slipway/event-sourcing';
import { Service } from '@slipway/service';
import { deploymentRecord } from '../read/deployment.view.ts';
import { DeploymentDto } from './deployments.answers.dto.ts';
import { RejectRemediationDto, RemediationDto } from './remediation.dto.ts';

/** What a hotfix mends. Rules propose it; it counts once a person has said so. */
@Controller('v1/deployments')
@ApiTags('deployments')
export class RemediationController {
  constructor(private readonly service: Service) {}

  @Post(':id/confirm-remediation')
  @Permission('deployments:bind')
  @ApiOperation({ summary: 'Says that it mends a deployment or an incident' })
  @Answers(200, DeploymentDto)
  async confirm(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RemediationDto): Promise<Answer> {
    const stream = await this.service.streamOf('deployment', id);
    const data = await this.mendedIn(stream, dto);
    return this.service.carryOut(asked, { stream, command: { type: 'ConfirmRemediation', data } }, deploymentRecord);
  }

  @Post(':id/reject-remediation')
  @Permission('deployments:bind')
  @ApiOperation({ summary: 'Says that it does not mend a deployment or an incident, whoever said so, and why' })
  @Answers(200, DeploymentDto)
  async reject(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RejectRemediationDto): Promise<Answer> {
    const stream = await this.service.streamOf('deployment', id);
    const data = { ...(await this.mendedIn(stream, dto)), reason: await this.service.seal(stream, dto.reason) };
    return this.service.carryOut(asked, { stream, command: { type: 'RejectRemediation', data } }, deploymentRecord);
  }

  private async mendedIn(mending: string, { deployment, incident }: RemediationDto) {
    const record = incident === undefined ? 'deployment' : 'incident';
    const named = incident ?? deployment;
    if (named === undefined || (incident !== undefined && deployment !== undefined))
      throw invalidFields([{ pointer: '', detail: 'either deployment or incident must be there' }]);
    const stream = await this.service.streamOf(record, named);
    if (stream === mending) throw new ProblemException(ITSELF);
    const { version } = await this.service.store.read(stream);
    if (version > 0) return { record, recordId: idOf(stream) };
    throw new ProblemException({ status: 422, code: `unknown-${record}`, detail: `There is no ${record} ${named}.` });
  }
}

const ITSELF = { status: 422, code: 'mends-itself', detail: 'A deployment does not mend itself.' } as const;
