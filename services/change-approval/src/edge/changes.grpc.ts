import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { changeApprovalV1 as v1 } from '@slipway/contracts';
import { askedIn, Permission, valid, NothingDto } from '@slipway/edge';
import { changeMessage, listMessage, written } from './change-messages.ts';
import { ChangeListsController } from './change-lists.controller.ts';
import { ChangesController } from './changes.controller.ts';
import { ListChangesQuery } from './change-lists.dto.ts';
import {
  ApproveChangeRequest,
  GetRequest,
  PlainRequest,
  RaiseChangeRequest,
  ReasonedRequest,
  ResumeRequest,
  RejectChangeRequest,
  ReviewChangeRequest,
  ReviseChangeRequest,
} from './grpc-requests.ts';
import { worded } from './grpc-words.ts';

type Written = v1.RaiseChangeResponse;

/** The same commands as REST, with the same rules. */
@Controller()
export class ChangesGrpc {
  constructor(
    private readonly changes: ChangesController,
    private readonly lists: ChangeListsController,
  ) {}

  @GrpcMethod('ChangesService', 'RaiseChange')
  @Permission('changes:write')
  async raise(message: unknown, metadata: Metadata): Promise<Written> {
    const dto = await valid(RaiseChangeRequest, worded(message));
    return written(await this.changes.raise(askedIn(metadata), dto));
  }

  @GrpcMethod('ChangesService', 'ReviseChange')
  @Permission('changes:write')
  async revise(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReviseChangeRequest, message);
    return written(await this.changes.revise(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'AssessChange')
  @Permission('changes:write')
  async assess(message: unknown, metadata: Metadata): Promise<Written> {
    const { id } = await valid(PlainRequest, message);
    return written(await this.changes.assess(askedIn(metadata), id, new NothingDto()));
  }

  @GrpcMethod('ChangesService', 'RequestApprovals')
  @Permission('changes:write')
  async requestApprovals(message: unknown, metadata: Metadata): Promise<Written> {
    const { id } = await valid(PlainRequest, message);
    return written(await this.changes.requestApprovals(askedIn(metadata), id, new NothingDto()));
  }

  @GrpcMethod('ChangesService', 'ApproveChange')
  @Permission('changes:approve')
  async approve(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ApproveChangeRequest, message);
    return written(await this.changes.approve(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'RejectChange')
  @Permission('changes:approve')
  async reject(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(RejectChangeRequest, message);
    return written(await this.changes.reject(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'HoldChange')
  @Permission('changes:write')
  async hold(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReasonedRequest, message);
    return written(await this.changes.hold(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'ResumeChange')
  @Permission('changes:write')
  async resume(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ResumeRequest, message);
    return written(await this.changes.resume(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'CancelChange')
  @Permission('changes:write')
  async cancel(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReasonedRequest, message);
    return written(await this.changes.cancel(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'ReviewChange')
  @Permission('changes:write')
  async review(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReviewChangeRequest, worded(message));
    return written(await this.changes.review(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ChangesService', 'CloseChange')
  @Permission('changes:write')
  async close(message: unknown, metadata: Metadata): Promise<Written> {
    const { id } = await valid(PlainRequest, message);
    return written(await this.changes.close(askedIn(metadata), id, new NothingDto()));
  }

  @GrpcMethod('ChangesService', 'GetChange')
  @Permission('changes:read')
  async one(message: unknown, metadata: Metadata): Promise<v1.GetChangeResponse> {
    const { id } = await valid(GetRequest, message);
    return { change: changeMessage((await this.changes.one(askedIn(metadata), id)).record) };
  }

  @GrpcMethod('ChangesService', 'ListChanges')
  @Permission('changes:read')
  async list(message: unknown, metadata: Metadata): Promise<v1.ListChangesResponse> {
    return listMessage(await this.lists.list(askedIn(metadata), await valid(ListChangesQuery, worded(message))));
  }
}
