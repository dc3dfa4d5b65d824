import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { incidentCorrelationV1 as v1 } from '@slipway/contracts';
import { askedIn, Permission, RecordRequest, valid } from '@slipway/edge';
import { IncidentActionsController } from './incident-actions.controller.ts';
import { IncidentsController } from './incidents.controller.ts';
import { ListIncidentsQuery } from './incidents.dto.ts';
import { incidentMessage, listMessage, worded, written } from './incidents.messages.ts';
import {
  AcknowledgeIncidentRequest,
  CancelIncidentRequest,
  CloseIncidentRequest,
  ConfirmCauseRequest,
  MitigateIncidentRequest,
  OpenIncidentRequest,
  RejectCandidateRequest,
  ReopenIncidentRequest,
  ResolveIncidentRequest,
  WithdrawCauseRequest,
} from './incidents.requests.ts';

type Written = v1.OpenIncidentResponse;

/** The same commands as REST, with the same rules. */
@Controller()
export class IncidentsGrpc {
  constructor(
    private readonly incidents: IncidentsController,
    private readonly actions: IncidentActionsController,
  ) {}

  @GrpcMethod('IncidentsService', 'OpenIncident')
  @Permission('incidents:write')
  async open(message: unknown, metadata: Metadata): Promise<Written> {
    return written(await this.incidents.open(askedIn(metadata), await valid(OpenIncidentRequest, worded(message))));
  }

  @GrpcMethod('IncidentsService', 'AcknowledgeIncident')
  @Permission('incidents:write')
  async acknowledge(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(AcknowledgeIncidentRequest, message);
    return written(await this.actions.acknowledge(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'MitigateIncident')
  @Permission('incidents:write')
  async mitigate(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(MitigateIncidentRequest, message);
    return written(await this.actions.mitigate(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'ResolveIncident')
  @Permission('incidents:write')
  async resolve(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ResolveIncidentRequest, message);
    return written(await this.actions.resolve(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'ReopenIncident')
  @Permission('incidents:write')
  async reopen(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReopenIncidentRequest, message);
    return written(await this.actions.reopen(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'CancelIncident')
  @Permission('incidents:write')
  async cancel(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(CancelIncidentRequest, worded(message));
    return written(await this.actions.cancel(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'CloseIncident')
  @Permission('incidents:write')
  async close(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(CloseIncidentRequest, message);
    return written(await this.actions.close(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'ConfirmCause')
  @Permission('incidents:write')
  async confirmCause(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ConfirmCauseRequest, worded(message));
    return written(await this.actions.confirmCause(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'WithdrawCause')
  @Permission('incidents:write')
  async withdrawCause(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(WithdrawCauseRequest, worded(message));
    return written(await this.actions.withdrawCause(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'RejectCandidate')
  @Permission('incidents:write')
  async rejectCandidate(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(RejectCandidateRequest, message);
    return written(await this.actions.rejectCandidate(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'GetIncident')
  @Permission('incidents:read')
  async one(message: unknown, metadata: Metadata): Promise<v1.GetIncidentResponse> {
    const { id } = await valid(RecordRequest, message);
    return { incident: incidentMessage((await this.incidents.one(askedIn(metadata), id)).record) };
  }

  @GrpcMethod('IncidentsService', 'ListIncidents')
  @Permission('incidents:read')
  async list(message: unknown, metadata: Metadata): Promise<v1.ListIncidentsResponse> {
    const query = await valid(ListIncidentsQuery, worded(message));
    return listMessage(await this.incidents.list(askedIn(metadata), query));
  }
}
