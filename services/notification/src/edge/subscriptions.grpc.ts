import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { notificationV1 as v1 } from '@slipway/contracts';
import { askedIn, NothingDto, Permission, RecordRequest, valid } from '@slipway/edge';
import { DeliveriesController } from './deliveries.controller.ts';
import { asDeliveriesRequest, deliveriesMessage } from './deliveries.messages.ts';
import { SubscriptionsController } from './subscriptions.controller.ts';
import { ListSubscriptionsQuery } from './subscriptions.dto.ts';
import { asRequest, disclosed, listMessage, subscriptionMessage, written } from './subscriptions.messages.ts';
import {
  ChangeFilterRequest,
  ChangeWebhookRequest,
  CreateSubscriptionRequest,
  ListDeliveriesRequest,
  PlainRequest,
  ReasonedRequest,
  RedeliverRequest,
  ReplaySubscriptionRequest,
  RotateSecretRequest,
} from './subscriptions.requests.ts';

type Written = v1.PauseSubscriptionResponse;
type Disclosed = v1.CreateSubscriptionResponse;

/** The same commands as REST, with the same rules. */
@Controller()
export class SubscriptionsGrpc {
  constructor(
    private readonly subscriptions: SubscriptionsController,
    private readonly deliveries: DeliveriesController,
  ) {}

  @GrpcMethod('SubscriptionsService', 'CreateSubscription')
  @Permission('subscriptions:write')
  async create(message: unknown, metadata: Metadata): Promise<Disclosed> {
    const dto = await valid(CreateSubscriptionRequest, asRequest(message));
    return disclosed(await this.subscriptions.create(askedIn(metadata), dto));
  }

  @GrpcMethod('SubscriptionsService', 'ChangeFilter')
  @Permission('subscriptions:write')
  async changeFilter(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ChangeFilterRequest, asRequest(message));
    return written(await this.subscriptions.changeFilter(askedIn(metadata), id, dto));
  }

  @GrpcMethod('SubscriptionsService', 'ChangeWebhook')
  @Permission('subscriptions:write')
  async changeWebhook(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ChangeWebhookRequest, message);
    return written(await this.subscriptions.changeWebhook(askedIn(metadata), id, dto));
  }

  @GrpcMethod('SubscriptionsService', 'RotateSecret')
  @Permission('subscriptions:write')
  async rotate(message: unknown, metadata: Metadata): Promise<Disclosed> {
    const { id, ...dto } = await valid(RotateSecretRequest, message);
    return disclosed(await this.subscriptions.rotate(askedIn(metadata), id, dto));
  }

  @GrpcMethod('SubscriptionsService', 'PauseSubscription')
  @Permission('subscriptions:write')
  async pause(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReasonedRequest, message);
    return written(await this.subscriptions.pause(askedIn(metadata), id, dto));
  }

  @GrpcMethod('SubscriptionsService', 'ResumeSubscription')
  @Permission('subscriptions:write')
  async resume(message: unknown, metadata: Metadata): Promise<Written> {
    const { id } = await valid(PlainRequest, message);
    return written(await this.subscriptions.resume(askedIn(metadata), id, new NothingDto()));
  }

  @GrpcMethod('SubscriptionsService', 'EnableSubscription')
  @Permission('subscriptions:write')
  async enable(message: unknown, metadata: Metadata): Promise<Written> {
    const { id } = await valid(PlainRequest, message);
    return written(await this.subscriptions.enable(askedIn(metadata), id, new NothingDto()));
  }

  @GrpcMethod('SubscriptionsService', 'CancelSubscription')
  @Permission('subscriptions:write')
  async cancel(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReasonedRequest, message);
    return written(await this.subscriptions.cancel(askedIn(metadata), id, dto));
  }

  @GrpcMethod('SubscriptionsService', 'TestSubscription')
  @Permission('subscriptions:write')
  async test(message: unknown, metadata: Metadata): Promise<Written> {
    const { id } = await valid(PlainRequest, message);
    return written(await this.deliveries.test(askedIn(metadata), id, new NothingDto()));
  }

  @GrpcMethod('SubscriptionsService', 'ReplaySubscription')
  @Permission('subscriptions:write')
  async replay(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, ...dto } = await valid(ReplaySubscriptionRequest, message);
    return written(await this.deliveries.replay(askedIn(metadata), id, dto));
  }

  @GrpcMethod('SubscriptionsService', 'Redeliver')
  @Permission('subscriptions:write')
  async redeliver(message: unknown, metadata: Metadata): Promise<Written> {
    const { id, delivery } = await valid(RedeliverRequest, message);
    return written(await this.deliveries.redeliver(askedIn(metadata), id, delivery, new NothingDto()));
  }

  @GrpcMethod('SubscriptionsService', 'GetSubscription')
  @Permission('subscriptions:read')
  async one(message: unknown, metadata: Metadata): Promise<v1.GetSubscriptionResponse> {
    const { id } = await valid(RecordRequest, message);
    return { subscription: subscriptionMessage((await this.subscriptions.one(askedIn(metadata), id)).record) };
  }

  @GrpcMethod('SubscriptionsService', 'ListSubscriptions')
  @Permission('subscriptions:read')
  async list(message: unknown, metadata: Metadata): Promise<v1.ListSubscriptionsResponse> {
    const query = await valid(ListSubscriptionsQuery, asRequest(message));
    return listMessage(await this.subscriptions.list(askedIn(metadata), query));
  }

  @GrpcMethod('SubscriptionsService', 'ListDeliveries')
  @Permission('subscriptions:read')
  async listDeliveries(message: unknown, metadata: Metadata): Promise<v1.ListDeliveriesResponse> {
    const { id, ...query } = await valid(ListDeliveriesRequest, asDeliveriesRequest(message));
    return deliveriesMessage(await this.deliveries.list(askedIn(metadata), id, query));
  }
}
