import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { changeApprovalV1 as v1 } from '@slipway/contracts';
import { askedIn, Permission, valid } from '@slipway/edge';
import { written } from './change-messages.ts';
import { ChangeByHandController } from './change-by-hand.controller.ts';
import { ChangeWorkController } from './change-work.controller.ts';
import {
  AddTaskRequest,
  AssignTaskRequest,
  BeginWorkRequest,
  DropTaskRequest,
  FinishTaskRequest,
  FinishWorkRequest,
  KeepChangeRequest,
  LinkRecordRequest,
  MoveTaskRequest,
  PlanChangeRequest,
  ReasonedRequest,
  UnlinkRecordRequest,
} from './grpc-requests.ts';
import { worded } from './grpc-words.ts';
import { KeptChangesController } from './kept-changes.controller.ts';

type Written = v1.PlanChangeResponse;

/** The same commands as REST, with the same rules. */
@Controller()
export class ChangeWorkGrpc {
  constructor(
    private readonly work: ChangeWorkController,
    private readonly kept: KeptChangesController,
    private readonly byHand: ChangeByHandController,
  ) {}

  @GrpcMethod('ChangesService', 'KeepChange')
  @Permission('changes:write')
  async keep(message: unknown, metadata: Metadata): Promise<v1.KeepChangeResponse> {
    const { system, key, externalRefs = [], ...dto } = await valid(KeepChangeRequest, worded(message));
    // A list that is empty is one that was not said.
    const said = { ...dto, ...(externalRefs.length > 0 && { externalRefs }) };
    const answer = await this.kept.keep(askedIn(metadata), { system, key }, said);
    return { ...written(answer), done: [...(answer.record['done'] as readonly string[])] };
  }

  @GrpcMethod('ChangesService', 'PlanChange')
  @Permission('changes:write')
  async plan(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(PlanChangeRequest, message);
    return written(await this.work.plan(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'AddTask')
  @Permission('changes:write')
  async addTask(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(AddTaskRequest, message);
    return written(await this.work.addTask(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'MoveTask')
  @Permission('changes:write')
  async moveTask(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(MoveTaskRequest, message);
    return written(await this.work.moveTask(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'AssignTask')
  @Permission('changes:write')
  async assignTask(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(AssignTaskRequest, message);
    return written(await this.work.assignTask(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'FinishTask')
  @Permission('changes:write')
  async finishTask(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(FinishTaskRequest, message);
    return written(await this.work.finishTask(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'DropTask')
  @Permission('changes:write')
  async dropTask(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(DropTaskRequest, message);
    return written(await this.work.dropTask(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'LinkRecord')
  @Permission('changes:write')
  async linkRecord(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(LinkRecordRequest, message);
    return written(await this.work.linkRecord(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'UnlinkRecord')
  @Permission('changes:write')
  async unlinkRecord(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(UnlinkRecordRequest, message);
    return written(await this.work.unlinkRecord(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'BeginWork')
  @Permission('deployments:write')
  async beginWork(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(BeginWorkRequest, message);
    return written(await this.byHand.begin(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'FinishWork')
  @Permission('deployments:write')
  async finishWork(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(FinishWorkRequest, message);
    return written(await this.byHand.finish(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'WithdrawRemaining')
  @Permission('changes:write')
  async withdrawRemaining(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReasonedRequest, message);
    return written(await this.byHand.withdraw(askedIn(metadata), id, dto));
  }
}
