import type { Metadata, ServerWritableStream } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { deploymentExecutionV1 as v1 } from '@slipway/contracts';
import { type Asked, askedIn, NothingDto, Permission, valid } from '@slipway/edge';
import { Service } from '@slipway/service';
import { once } from 'node:events';
import { from, type Observable } from 'rxjs';
import { DeploymentsController } from './deployments.controller.ts';
import { ListDeploymentsQuery } from './deployments.dto.ts';
import {
  FailRequest,
  FailStepRequest,
  GetDeploymentRequest,
  ListRunningRequest,
  PlainRequest,
  ProgressRequest,
  ReasonedRequest,
  ReportStepRequest,
  RequestDeploymentRequest,
  RollBackRequest,
  StepRequest,
  SwitchCutoverRequest,
  TakeTrafficRequest,
  VerifyRequest,
  WatchDeploymentRequest,
} from './deployments.grpc.requests.ts';
import { deploymentMessage, listMessage, runningMessage, watchMessage, written } from './deployments.messages.ts';
import { worded } from './enums.messages.ts';
import { Listeners } from './listeners.ts';
import { watchingOne } from './live.ts';
import { RunningController } from './running.controller.ts';
import { StepsController } from './steps.controller.ts';

type Written = v1.RequestDeploymentResponse;
type Call = ServerWritableStream<unknown, unknown>;

/** The same commands as REST, with the same rules. */
@Controller()
export class DeploymentsGrpc {
  constructor(
    private readonly deployments: DeploymentsController,
    private readonly steps: StepsController,
    private readonly running: RunningController,
    private readonly service: Service,
    private readonly listeners: Listeners,
  ) {}

  @GrpcMethod('DeploymentsService', 'RequestDeployment')
  @Permission('deployments:write')
  async request(message: unknown, metadata: Metadata): Promise<Written> {
    const request = await valid(RequestDeploymentRequest, worded(message));
    const { artifactVersion, digests = [], baseDigests = [], steps = [], ...dto } = request;
    // A list without items and no list are the same on the wire.
    const stated = {
      ...dto,
      ...(artifactVersion !== undefined && { version: artifactVersion }),
      ...(digests.length > 0 && { digests }),
      ...(baseDigests.length > 0 && { baseDigests }),
      ...(steps.length > 0 && { steps }),
    };
    return written(await this.deployments.request(askedIn(metadata), stated));
  }

  @GrpcMethod('DeploymentsService', 'AskForDecision')
  @Permission('deployments:write')
  async askForDecision(message: unknown, metadata: Metadata): Promise<Written> {
    const { id } = await valid(PlainRequest, message);
    return written(await this.deployments.askForDecision(askedIn(metadata), id, new NothingDto()));
  }

  @GrpcMethod('DeploymentsService', 'StartDeployment')
  @Permission('deployments:write')
  async start(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ProgressRequest, message);
    return written(await this.deployments.start(askedIn(metadata), id, dto));
  }

  @GrpcMethod('DeploymentsService', 'StartStep')
  @Permission('deployments:write')
  async startStep(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, step, ...dto } = await valid(StepRequest, message);
    return written(await this.steps.start(askedIn(metadata), id, step, dto));
  }

  @GrpcMethod('DeploymentsService', 'ReportStep')
  @Permission('deployments:write')
  async reportStep(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, step, ...dto } = await valid(ReportStepRequest, message);
    return written(await this.steps.report(askedIn(metadata), id, step, dto));
  }

  @GrpcMethod('DeploymentsService', 'SwitchCutover')
  @Permission('deployments:write')
  async switchCutover(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, step, ...dto } = await valid(SwitchCutoverRequest, worded(message));
    return written(await this.steps.switchCutover(askedIn(metadata), id, step, dto));
  }

  @GrpcMethod('DeploymentsService', 'SucceedStep')
  @Permission('deployments:write')
  async succeedStep(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, step, ...dto } = await valid(StepRequest, message);
    return written(await this.steps.succeed(askedIn(metadata), id, step, dto));
  }

  @GrpcMethod('DeploymentsService', 'FailStep')
  @Permission('deployments:write')
  async failStep(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, step, ...dto } = await valid(FailStepRequest, message);
    return written(await this.steps.fail(askedIn(metadata), id, step, dto));
  }

  @GrpcMethod('DeploymentsService', 'TakeTraffic')
  @Permission('deployments:write')
  async takeTraffic(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(TakeTrafficRequest, message);
    return written(await this.deployments.takeTraffic(askedIn(metadata), id, dto));
  }

  @GrpcMethod('DeploymentsService', 'FinishDeployment')
  @Permission('deployments:write')
  async finish(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ProgressRequest, message);
    return written(await this.deployments.finish(askedIn(metadata), id, dto));
  }

  @GrpcMethod('DeploymentsService', 'FailDeployment')
  @Permission('deployments:write')
  async fail(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(FailRequest, message);
    return written(await this.deployments.fail(askedIn(metadata), id, dto));
  }

  @GrpcMethod('DeploymentsService', 'VerifyDeployment')
  @Permission('deployments:write')
  async verify(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(VerifyRequest, worded(message));
    return written(await this.deployments.verify(askedIn(metadata), id, dto));
  }

  @GrpcMethod('DeploymentsService', 'CancelDeployment')
  @Permission('deployments:write')
  async cancel(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, reason } = await valid(ReasonedRequest, message);
    return written(await this.deployments.cancel(askedIn(metadata), id, { reason }));
  }

  @GrpcMethod('DeploymentsService', 'RollBackDeployment')
  @Permission('deployments:write')
  async rollBack(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(RollBackRequest, worded(message));
    return written(await this.deployments.rollBack(askedIn(metadata), id, dto));
  }

  @GrpcMethod('DeploymentsService', 'GetDeployment')
  @Permission('deployments:read')
  async get(message: unknown, metadata: Metadata): Promise<v1.GetDeploymentResponse> {
    const { id } = await valid(GetDeploymentRequest, message);
    return { deployment: deploymentMessage((await this.deployments.one(askedIn(metadata), id)).record) };
  }

  @GrpcMethod('DeploymentsService', 'WatchDeployment')
  @Permission('deployments:read')
  watch(message: unknown, metadata: Metadata, call: Call): Observable<v1.WatchDeploymentResponse> {
    return from(this.watched(message, askedIn(metadata), call));
  }

  @GrpcMethod('DeploymentsService', 'ListDeployments')
  @Permission('deployments:read')
  async list(message: unknown, metadata: Metadata): Promise<v1.ListDeploymentsResponse> {
    return listMessage(
      await this.deployments.list(askedIn(metadata), await valid(ListDeploymentsQuery, worded(message))),
    );
  }

  @GrpcMethod('DeploymentsService', 'ListRunning')
  @Permission('deployments:read')
  async listRunning(message: unknown, metadata: Metadata): Promise<v1.ListRunningResponse> {
    const { environment, ...query } = await valid(ListRunningRequest, message);
    return runningMessage(await this.running.running(askedIn(metadata), environment, query));
  }

  // The next update is made when the caller has taken the last one.
  private async *watched(message: unknown, asked: Asked, call: Call): AsyncGenerator<v1.WatchDeploymentResponse> {
    const { id, afterPosition } = await valid(WatchDeploymentRequest, message);
    const stream = await this.service.streamOf('deployment', id);
    await this.service.read(stream, asked);
    const { signal, leave } = this.listeners.join();
    call.on('cancelled', leave);
    const after = afterPosition === undefined ? {} : { after: afterPosition };
    try {
      for await (const update of watchingOne(this.service, stream, { signal, ...after })) {
        if (update.deployment) yield watchMessage(update);
        if (call.writableNeedDrain) await once(call, 'drain', { signal }).catch(() => undefined);
      }
    } finally {
      leave();
    }
  }
}
