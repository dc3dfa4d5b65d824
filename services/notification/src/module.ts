import { Module, type ModuleMetadata } from '@nestjs/common';
import { recordController, withDetails } from '@slipway/records';
import type { ServiceDefinition } from '@slipway/service';
import { cdEventsCopy } from './cdevents/cdevents.projection.ts';
import { CdEventsPublisher } from './cdevents/cdevents-publisher.ts';
import { deliveriesCopy } from './delivery/deliveries.projection.ts';
import { DeliveryWorker } from './delivery/delivery-worker.ts';
import { subscription } from './domain/subscription.ts';
import { CdEventsController } from './edge/cdevents.controller.ts';
import { DeliveriesController } from './edge/deliveries.controller.ts';
import { SubscriptionsController } from './edge/subscriptions.controller.ts';
import { SubscriptionDto } from './edge/subscriptions.dto.ts';
import { SubscriptionRow } from './read/subscription-list.entity.ts';
import { subscriptionList } from './read/subscription-list.projection.ts';
import { subscriptionRecord } from './read/subscription.view.ts';

const parts = {
  controllers: [
    SubscriptionsController,
    DeliveriesController,
    CdEventsController,
    recordController({
      category: 'subscription',
      view: subscriptionRecord,
      answer: SubscriptionDto,
      read: 'subscriptions:read',
      write: 'subscriptions:write',
    }),
  ],
  providers: [DeliveryWorker],
} satisfies ModuleMetadata;

@Module(parts)
export class NotificationModule {}

/** With Kafka: CDEvents are published there too. */
@Module({ ...parts, providers: [...parts.providers, CdEventsPublisher] })
export class PublishingModule {}

export const notification: ServiceDefinition = {
  name: 'notification',
  module: NotificationModule,
  deciders: { subscription: withDetails('subscription', subscription) },
  entities: [SubscriptionRow],
  views: [subscriptionList],
  // It follows every category in the one order of the log.
  copies: [deliveriesCopy, cdEventsCopy],
  processes: [],
  migrations: new URL('../migrations/', import.meta.url),
};

/** As a process of its own. */
export const publishingNotification: ServiceDefinition = { ...notification, module: PublishingModule };
