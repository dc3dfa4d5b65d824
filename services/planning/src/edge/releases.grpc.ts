import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { planningV1 } from '@slipway/contracts';
import { askedIn, NothingDto, Permission, valid } from '@slipway/edge';
import { ReleaseContentController } from './release-content.controller.ts';
import { ReleaseCopyController } from './release-copy.controller.ts';
import { ReleaseListController } from './release-list.controller.ts';
import { ListReleasesQuery } from './release-list.dto.ts';
import { ReleasePlanController } from './release-plan.controller.ts';
import { ReleaseScopeController } from './release-scope.controller.ts';
import { ReleasesController } from './releases.controller.ts';
import { SuccessCriteriaController } from './success-criteria.controller.ts';
import { listMessage, notesMessage, releaseMessage, scopeMessage, worded, written } from './releases.messages.ts';
import {
  AddScopeItemRequest,
  AttachArtifactRequest,
  ChangeScopeRequest,
  DeclareSuccessCriteriaRequest,
  DetachArtifactRequest,
  DraftReleaseRequest,
  GetReleaseRequest,
  JudgeSuccessCriterionRequest,
  MeetCriterionRequest,
  PlainRequest,
  ReachMilestoneRequest,
  ReasonedRequest,
  RegisterRollbackPlanRequest,
  RemoveScopeItemRequest,
  RescheduleReleaseRequest,
  ScheduleReleaseRequest,
} from './releases.requests.ts';

type Written = planningV1.DraftReleaseResponse;

/** The same commands as REST, with the same rules. */
@Controller()
export class ReleasesGrpc {
  constructor(
    private readonly releases: ReleasesController,
    private readonly content: ReleaseContentController,
    private readonly lists: ReleaseListController,
    private readonly scope: ReleaseScopeController,
    private readonly plan: ReleasePlanController,
    private readonly copies: ReleaseCopyController,
    private readonly success: SuccessCriteriaController,
  ) {}

  @GrpcMethod('ReleasesService', 'DraftRelease')
  @Permission('releases:write')
  async draft(message: unknown, metadata: Metadata): Promise<Written> {
    const dto = await valid(DraftReleaseRequest, worded(message));
    return written(await this.releases.draft(askedIn(metadata), dto));
  }

  @GrpcMethod('ReleasesService', 'AttachArtifact')
  @Permission('releases:write')
  async attachArtifact(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, artifact } = await valid(AttachArtifactRequest, message);
    return written(await this.content.attachArtifact(askedIn(metadata), id, artifact));
  }

  @GrpcMethod('ReleasesService', 'DetachArtifact')
  @Permission('releases:write')
  async detachArtifact(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(DetachArtifactRequest, message);
    return written(await this.content.detachArtifact(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'AddScopeItem')
  @Permission('releases:write')
  async addScopeItem(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, item } = await valid(AddScopeItemRequest, worded(message));
    return written(await this.content.addScopeItem(askedIn(metadata), id, item));
  }

  @GrpcMethod('ReleasesService', 'RemoveScopeItem')
  @Permission('releases:write')
  async removeScopeItem(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(RemoveScopeItemRequest, message);
    return written(await this.content.removeScopeItem(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'ChangeScope')
  @Permission('releases:write')
  async changeScope(message: unknown, metadata: Metadata): Promise<planningV1.ChangeScopeResponse> {
    const { id, ...dto } = await valid(ChangeScopeRequest, worded(message));
    return scopeMessage(await this.scope.changeScope(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'RegisterRollbackPlan')
  @Permission('releases:write')
  async registerRollbackPlan(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, plan } = await valid(RegisterRollbackPlanRequest, message);
    return written(await this.content.registerRollbackPlan(askedIn(metadata), id, plan));
  }

  @GrpcMethod('ReleasesService', 'ScheduleRelease')
  @Permission('releases:write')
  async schedule(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, window, targets = [] } = await valid(ScheduleReleaseRequest, message);
    // A list without items and no list are the same on the wire.
    const dto = { ...(window && { window }), ...(targets.length > 0 && { targets }) };
    return written(await this.releases.schedule(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'RescheduleRelease')
  @Permission('releases:write')
  async reschedule(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, window, targets = [] } = await valid(RescheduleReleaseRequest, message);
    // A list without items and no list are the same on the wire.
    const dto = { ...(window && { window }), ...(targets.length > 0 && { targets }) };
    return written(await this.releases.reschedule(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'HoldRelease')
  @Permission('releases:write')
  async hold(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReasonedRequest, message);
    return written(await this.releases.hold(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'ResumeRelease')
  @Permission('releases:write')
  async resume(message: unknown, metadata: Metadata): Promise<Written> {
    const { id } = await valid(PlainRequest, message);
    return written(await this.releases.resume(askedIn(metadata), id, new NothingDto()));
  }

  @GrpcMethod('ReleasesService', 'GoRelease')
  @Permission('releases:write')
  async go(message: unknown, metadata: Metadata): Promise<Written> {
    const { id } = await valid(PlainRequest, message);
    return written(await this.releases.go(askedIn(metadata), id, new NothingDto()));
  }

  @GrpcMethod('ReleasesService', 'CancelRelease')
  @Permission('releases:write')
  async cancel(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReasonedRequest, message);
    return written(await this.releases.cancel(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'WithdrawRelease')
  @Permission('releases:write')
  async withdraw(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReasonedRequest, message);
    return written(await this.releases.withdraw(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'StartReleaseReview')
  @Permission('releases:write')
  async startReview(message: unknown, metadata: Metadata): Promise<Written> {
    const { id } = await valid(PlainRequest, message);
    return written(await this.releases.endEarlyLifeSupport(askedIn(metadata), id, new NothingDto()));
  }

  @GrpcMethod('ReleasesService', 'CloseRelease')
  @Permission('releases:write')
  async close(message: unknown, metadata: Metadata): Promise<Written> {
    const { id } = await valid(PlainRequest, message);
    return written(await this.releases.close(askedIn(metadata), id, new NothingDto()));
  }

  @GrpcMethod('ReleasesService', 'ReachMilestone')
  @Permission('releases:write')
  async reachMilestone(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReachMilestoneRequest, message);
    return written(await this.plan.reachMilestone(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'MeetCriterion')
  @Permission('releases:write')
  async meetCriterion(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(MeetCriterionRequest, worded(message));
    return written(await this.plan.meetCriterion(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'DeclareSuccessCriteria')
  @Permission('releases:write')
  async declareSuccessCriteria(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(DeclareSuccessCriteriaRequest, worded(message));
    return written(await this.success.declare(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'JudgeSuccessCriterion')
  @Permission('releases:write')
  async judgeSuccessCriterion(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(JudgeSuccessCriterionRequest, worded(message));
    return written(await this.success.judge(askedIn(metadata), id, dto));
  }

  @GrpcMethod('ReleasesService', 'GetReleaseNotes')
  @Permission('releases:read')
  async notes(message: unknown, metadata: Metadata): Promise<planningV1.GetReleaseNotesResponse> {
    const { id } = await valid(GetReleaseRequest, message);
    return notesMessage(await this.copies.notesAt(askedIn(metadata), id));
  }

  @GrpcMethod('ReleasesService', 'GetRelease')
  @Permission('releases:read')
  async one(message: unknown, metadata: Metadata): Promise<planningV1.GetReleaseResponse> {
    const { id } = await valid(GetReleaseRequest, message);
    return { release: releaseMessage((await this.releases.one(askedIn(metadata), id)).record) };
  }

  @GrpcMethod('ReleasesService', 'ListReleases')
  @Permission('releases:read')
  async list(message: unknown, metadata: Metadata): Promise<planningV1.ListReleasesResponse> {
    return listMessage(await this.lists.list(askedIn(metadata), await valid(ListReleasesQuery, worded(message))));
  }
}
