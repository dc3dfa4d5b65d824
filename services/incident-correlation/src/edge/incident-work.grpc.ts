import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { incidentCorrelationV1 as v1 } from '@slipway/contracts';
import { askedIn, Permission, valid } from '@slipway/edge';
import type { RecordDoors } from '@slipway/records';
import { ClassificationController } from './classification.controller.ts';
import { IncidentDetails } from './incident-details.controller.ts';
import { worded, written } from './incidents.messages.ts';
import {
  ClassifyIncidentRequest,
  CommentRequest,
  DeclareMajorIncidentRequest,
  ReasonedRequest,
  RoleRequest,
} from './incidents.requests.ts';
import { WarRoomController } from './war-room.controller.ts';

type Written = v1.OpenIncidentResponse;

/** How severe it is, who does what about it, and what people say of it: the same as REST. */
@Controller()
export class IncidentWorkGrpc {
  constructor(
    private readonly classification: ClassificationController,
    private readonly warRoom: WarRoomController,
    @Inject(IncidentDetails) private readonly details: RecordDoors,
  ) {}

  @GrpcMethod('IncidentsService', 'ClassifyIncident')
  @Permission('incidents:write')
  async classify(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ClassifyIncidentRequest, worded(message));
    return written(await this.classification.classify(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'DeclareMajorIncident')
  @Permission('incidents:write')
  async declareMajor(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(DeclareMajorIncidentRequest, message);
    return written(await this.classification.declareMajor(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'LiftMajorIncident')
  @Permission('incidents:write')
  async liftMajor(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReasonedRequest, message);
    return written(await this.classification.liftMajor(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'AssignRole')
  @Permission('incidents:write')
  async assignRole(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(RoleRequest, worded(message));
    return written(await this.warRoom.assignRole(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'EndRole')
  @Permission('incidents:write')
  async endRole(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(RoleRequest, worded(message));
    return written(await this.warRoom.endRole(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'EscalateIncident')
  @Permission('incidents:write')
  async escalate(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReasonedRequest, message);
    return written(await this.warRoom.escalate(askedIn(metadata), id, dto));
  }

  @GrpcMethod('IncidentsService', 'CommentOnIncident')
  @Permission('comments:write')
  async comment(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(CommentRequest, message);
    return written(await this.details.comment(askedIn(metadata), id, dto));
  }
}
