import { Module, type ModuleMetadata } from '@nestjs/common';
import { recordController, subscriptionPlaces, withDetails } from '@slipway/records';
import type { ServiceDefinition } from '@slipway/service';
import { cdEventsCopy } from './cdevents/cdevents.projection.ts';
import { CdEventsPublisher } from './cdevents/cdevents-publisher.ts';
import { deliveriesCopy } from './delivery/deliveries.projection.ts';
import { MailWorker } from './mail/mail-worker.ts';
import { DeliveryWorker } from './delivery/delivery-worker.ts';
import { communication } from './domain/communication.ts';
import { subscription } from './domain/subscription.ts';
import { template } from './domain/template.ts';
import { CommunicationsController } from './edge/communications.controller.ts';
import { CommunicationDto } from './edge/communications.dto.ts';
import { CdEventsController } from './edge/cdevents.controller.ts';
import { DeliveriesController } from './edge/deliveries.controller.ts';
import { SubscriptionsGrpc } from './edge/subscriptions.grpc.ts';
import { SubscriptionsController } from './edge/subscriptions.controller.ts';
import { SubscriptionDto } from './edge/subscriptions.answers.dto.ts';
import { TemplatesController } from './edge/templates.controller.ts';
import { TemplateDto } from './edge/templates.dto.ts';
import { CommunicationRow } from './read/communication-list.entity.ts';
import { communicationList } from './read/communication-list.projection.ts';
import { communicationRecord } from './read/communication.view.ts';
import { SubscriptionRow } from './read/subscription-list.entity.ts';
import { subscriptionList } from './read/subscription-list.projection.ts';
import { subscriptionRecord } from './read/subscription.view.ts';
import { TemplateRow } from './read/template-list.entity.ts';
import { templateList } from './read/template-list.projection.ts';
import { templateRecord } from './read/template.view.ts';

const parts = {
  controllers: [
    SubscriptionsController,
    DeliveriesController,
    CdEventsController,
    TemplatesController,
    CommunicationsController,
    SubscriptionsGrpc,
    recordController({
      category: 'subscription',
      view: subscriptionRecord,
      answer: SubscriptionDto,
      read: 'subscriptions:read',
      write: 'subscriptions:write',
    }),
    recordController({
      category: 'template',
      view: templateRecord,
      answer: TemplateDto,
      read: 'subscriptions:read',
      write: 'templates:write',
    }),
    recordController({
      category: 'communication',
      view: communicationRecord,
      answer: CommunicationDto,
      read: 'communications:read',
      write: 'communications:write',
    }),
  ],
  // gRPC asks the controllers of REST, which makes them providers too.
  providers: [DeliveryWorker, MailWorker, SubscriptionsController, DeliveriesController],
} satisfies ModuleMetadata;

@Module(parts)
export class NotificationModule {}

/** With Kafka: CDEvents are published there too. */
@Module({ ...parts, providers: [...parts.providers, CdEventsPublisher] })
export class PublishingModule {}

export const notification: ServiceDefinition = {
  name: 'notification',
  module: NotificationModule,
  deciders: {
    subscription: withDetails('subscription', subscription),
    template: withDetails('template', template),
    communication: withDetails('communication', communication),
  },
  places: { subscription: subscriptionPlaces },
  entities: [SubscriptionRow, TemplateRow, CommunicationRow],
  views: [subscriptionList, templateList, communicationList],
  // It follows every category in the one order of the log.
  copies: [deliveriesCopy, cdEventsCopy],
  processes: [],
  grpc: { 'slipway.notification.v1': 'slipway/notification/v1/subscriptions.proto' },
  migrations: new URL('../migrations/', import.meta.url),
};

/** As a process of its own. */
export const publishingNotification: ServiceDefinition = { ...notification, module: PublishingModule };
