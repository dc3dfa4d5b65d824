import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { changeApprovalV1 as v1 } from '@slipway/contracts';
import { type Answer, askedIn, Permission, valid } from '@slipway/edge';
import type { DecisionView } from '../read/decision.view.ts';
import { decisionMessage } from './decision-messages.ts';
import { DecisionsController } from './decisions.controller.ts';
import { DecisionPreviewDto, type DecisionRequestDto } from './decisions.dto.ts';
import { EnforceRequest, GetRequest } from './grpc-requests.ts';
import { worded } from './grpc-words.ts';

/** The same questions as REST, with the same rules. */
@Controller()
export class DecisionsGrpc {
  constructor(private readonly decisions: DecisionsController) {}

  @GrpcMethod('DecisionsService', 'Enforce')
  @Permission('decisions:ask')
  async enforce(message: unknown, metadata: Metadata): Promise<v1.EnforceResponse> {
    const { requestId: _, ...dto } = await valid(EnforceRequest, worded(message));
    const answer = await this.decisions.enforce(askedIn(metadata), asked(dto));
    return { decision: recorded(answer), event: answer.event ?? '', replayed: answer.replayed };
  }

  @GrpcMethod('DecisionsService', 'Preview')
  @Permission('decisions:ask')
  async preview(message: unknown, metadata: Metadata): Promise<v1.PreviewResponse> {
    const dto = await valid(DecisionPreviewDto, worded(message));
    return { decision: decisionMessage(await this.decisions.preview(askedIn(metadata), asked(dto))) };
  }

  @GrpcMethod('DecisionsService', 'GetDecision')
  @Permission('decisions:read')
  async one(message: unknown, metadata: Metadata): Promise<v1.GetDecisionResponse> {
    const { id } = await valid(GetRequest, message);
    return { decision: recorded(await this.decisions.one(askedIn(metadata), id)) };
  }
}

const recorded = ({ record }: Answer): v1.Decision => decisionMessage(record as unknown as DecisionView, record.id);

/** No digests and an empty list are the same on the wire. */
const asked = <Dto extends DecisionRequestDto>({ digests = [], ...dto }: Dto): Dto =>
  ({ ...dto, ...(digests.length > 0 && { digests }) }) as unknown as Dto;
