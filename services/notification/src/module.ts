import { Module } from '@nestjs/common';
import { recordController, withDetails } from '@slipway/records';
import type { ServiceDefinition } from '@slipway/service';
import { deliveriesCopy } from './delivery/deliveries.projection.ts';
import { DeliveryWorker } from './delivery/delivery-worker.ts';
import { subscription } from './domain/subscription.ts';
import { DeliveriesController } from './edge/deliveries.controller.ts';
import { SubscriptionsController } from './edge/subscriptions.controller.ts';
import { SubscriptionDto } from './edge/subscriptions.dto.ts';
import { SubscriptionRow } from './read/subscription-list.entity.ts';
import { subscriptionList } from './read/subscription-list.projection.ts';
import { subscriptionRecord } from './read/subscription.view.ts';

@Module({
  controllers: [
    SubscriptionsController,
    DeliveriesController,
    recordController({
      category: 'subscription',
      view: subscriptionRecord,
      answer: SubscriptionDto,
      read: 'subscriptions:read',
      write: 'subscriptions:write',
    }),
  ],
  providers: [DeliveryWorker],
})
export class NotificationModule {}

export const notification: ServiceDefinition = {
  name: 'notification',
  module: NotificationModule,
  deciders: { subscription: withDetails('subscription', subscription) },
  entities: [SubscriptionRow],
  views: [subscriptionList],
  // It follows every category in the one order of the log.
  copies: [deliveriesCopy],
  processes: [],
  migrations: new URL('../migrations/', import.meta.url),
};
