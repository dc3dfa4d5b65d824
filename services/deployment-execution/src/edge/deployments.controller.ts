import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Answer,
  Answers,
  type Asked,
  AskedBy,
  type Listing,
  Lists,
  NothingDto,
  Permission,
  type Report,
} from '@slipway/edge';
import { Service } from '@slipway/service';
import { type DeploymentView, deploymentRecord } from '../read/deployment.view.ts';
import { withElapsed } from '../read/elapsed.ts';
import { canceling, correcting, rollingBack, seen, settling, starting } from './deployment-orders.ts';
import { DeploymentCountsDto, DeploymentDto, DeploymentRowDto } from './deployments.answers.dto.ts';
import {
  CorrectKindDto,
  CountDeploymentsQuery,
  DeploymentReasonDto,
  DeploymentFailureDto,
  ListDeploymentsQuery,
  RequestDeploymentDto,
  RollBackDto,
  TookTrafficDto,
  VerifyDto,
} from './deployments.dto.ts';
import { counting, listing, requesting } from './deployments.requests.ts';
import { ProgressDto } from './steps.dto.ts';

/** Deployments as the tool that deploys asks for them and reports them. `id` is an id or a number (DEP-56). */
@Controller('v1/deployments')
@ApiTags('deployments')
export class DeploymentsController {
  constructor(private readonly service: Service) {}

  @Post()
  @Permission('deployments:write')
  @ApiOperation({ summary: 'Requests a deployment, and with it the decision whether it may happen' })
  @Answers(201, DeploymentDto)
  async request(@AskedBy() asked: Asked, @Body() dto: RequestDeploymentDto): Promise<Answer> {
    return this.service.carryOut(asked, await requesting(this.service, asked, dto), deploymentRecord);
  }

  @Post(':id/decision')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'Asks for the decision again: after a deny, after an allow that expired, or while it runs' })
  @Answers(200, DeploymentDto)
  askForDecision(@AskedBy() asked: Asked, @Param('id') id: string, @Body() _nothing: NothingDto): Promise<Answer> {
    return this.carryOut(asked, id, { type: 'AskForDecision', data: {} });
  }

  @Post(':id/start')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'Starts it under a valid allow, and takes the lock of its target' })
  @Answers(200, DeploymentDto)
  async start(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ProgressDto): Promise<Answer> {
    return this.service.carryOut(asked.at(dto.occurredAt), starting(await seen(this.service, id)), deploymentRecord);
  }

  @Post(':id/took-traffic')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'It serves users from now on; again with another percentage while it grows' })
  @Answers(200, DeploymentDto)
  takeTraffic(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: TookTrafficDto): Promise<Answer> {
    return this.carryOut(asked.at(dto.occurredAt), id, {
      type: 'TakeTraffic',
      data: dto.percent === undefined ? {} : { percent: dto.percent },
    });
  }

  @Post(':id/finish')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'Rolled out; verification is next' })
  @Answers(200, DeploymentDto)
  finish(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: ProgressDto): Promise<Answer> {
    return this.carryOut(asked.at(dto.occurredAt), id, { type: 'FinishDeployment', data: {} });
  }

  @Post(':id/fail')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'It failed, and lets go of its target' })
  @Answers(200, DeploymentDto)
  async fail(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: DeploymentFailureDto): Promise<Answer> {
    const deployment = await seen(this.service, id);
    const command = {
      type: 'FailDeployment',
      data: { reason: await this.service.seal(deployment.stream, dto.reason) },
    };
    return this.service.carryOut(
      asked.at(dto.occurredAt),
      settling(deployment, command, deployment.view.tookTraffic !== undefined),
      deploymentRecord,
    );
  }

  @Post(':id/verify')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'Whether what was rolled out works; it lets go of its target and is what runs there' })
  @Answers(200, DeploymentDto)
  async verify(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: VerifyDto): Promise<Answer> {
    const deployment = await seen(this.service, id);
    const reason = await this.service.seal(deployment.stream, dto.reason ?? 'No reason was given.');
    const command = { type: 'VerifyDeployment', data: { outcome: dto.outcome, checks: dto.checks ?? [], reason } };
    return this.service.carryOut(asked.at(dto.occurredAt), settling(deployment, command, true), deploymentRecord);
  }

  @Post(':id/cancel')
  @Permission('deployments:write')
  @ApiOperation({ summary: 'Takes the request back, before it has started' })
  @Answers(200, DeploymentDto)
  async cancel(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: DeploymentReasonDto): Promise<Answer> {
    const deployment = await seen(this.service, id);
    const command = {
      type: 'CancelDeployment',
      data: { reason: await this.service.seal(deployment.stream, dto.reason) },
    };
    return this.service.carryOut(asked, await canceling(this.service, deployment, command), deploymentRecord);
  }

  @Post(':id/roll-back')
  @Permission('deployments:write')
  @ApiOperation({
    summary: 'Requests the deployment that undoes it, with the content that was live just before; answers that one',
  })
  @Answers(201, DeploymentDto)
  async rollBack(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: RollBackDto): Promise<Answer> {
    const [deployer = asked.stamp.actor] = await this.service.pseudonymsOf(dto.deployer ? [dto.deployer] : []);
    const wanted = { cause: dto.cause ?? 'fault', reason: dto.reason, deployer } as const;
    return this.service.carryOut(
      asked,
      await rollingBack(this.service, asked, await seen(this.service, id), wanted),
      deploymentRecord,
    );
  }

  @Post(':id/correct-kind')
  @Permission('deployments:bind')
  @ApiOperation({ summary: 'Says that it was of another kind, and why: it counts as that kind from its request on' })
  @Answers(200, DeploymentDto)
  async correctKind(@AskedBy() asked: Asked, @Param('id') id: string, @Body() dto: CorrectKindDto): Promise<Answer> {
    const orders = await correcting(this.service, await seen(this.service, id), dto);
    return this.service.carryOut(asked, orders, deploymentRecord);
  }

  @Get('counts')
  @Permission('deployments:read')
  @ApiOperation({ summary: 'How many deployments there are, by state, with the filters of the list' })
  @Answers(200, DeploymentCountsDto)
  counts(@AskedBy() asked: Asked, @Query() query: CountDeploymentsQuery): Promise<Report> {
    return counting(this.service, asked, query);
  }

  @Get(':id')
  @Permission('deployments:read')
  @ApiOperation({ summary: 'One deployment, with its decision, steps and outcome' })
  @Answers(200, DeploymentDto)
  async one(@AskedBy() asked: Asked, @Param('id') id: string): Promise<Answer> {
    return timed(await this.service.record(await this.service.streamOf('deployment', id), deploymentRecord, asked));
  }

  @Get()
  @Permission('deployments:read')
  @ApiOperation({ summary: 'Deployments, the latest request first' })
  @Lists(DeploymentRowDto)
  list(@AskedBy() asked: Asked, @Query() query: ListDeploymentsQuery): Promise<Listing> {
    return listing(this.service, asked, query);
  }

  private async carryOut(asked: Asked, id: string, command: { type: string; data: object }): Promise<Answer> {
    return this.service.carryOut(
      asked,
      { stream: await this.service.streamOf('deployment', id), command },
      deploymentRecord,
    );
  }
}

/** With elapsed against plan, now. */
const timed = ({ record, event, replayed }: Answer): Answer => {
  const view = withElapsed(record as unknown as DeploymentView, new Date().toISOString());
  return new Answer({ ...record, ...view }, event, replayed);
};
