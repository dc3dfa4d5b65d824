import { Id, ofRecord, withRequestId } from '@slipway/edge';
import { ListDeliveriesQuery } from './subscriptions.answers.dto.ts';
import {
  ChangeFilterDto,
  ChangeWebhookDto,
  CreateSubscriptionDto,
  ReplaySubscriptionDto,
  RotateSecretDto,
  SubscriptionReasonDto,
} from './subscriptions.dto.ts';

// The requests of gRPC: what REST takes, with the id and the idempotency key in the message.

export const CreateSubscriptionRequest = withRequestId(CreateSubscriptionDto);
export const ChangeFilterRequest = ofRecord(ChangeFilterDto);
export const ChangeWebhookRequest = ofRecord(ChangeWebhookDto);
export const RotateSecretRequest = ofRecord(RotateSecretDto);
/** Pause, cancel. */
export const ReasonedRequest = ofRecord(SubscriptionReasonDto);
/** Resume, enable, test. */
export const PlainRequest = ofRecord(class {});
export const ReplaySubscriptionRequest = ofRecord(ReplaySubscriptionDto);

class OfDelivery {
  @Id() readonly delivery!: string;
}

export const RedeliverRequest = ofRecord(OfDelivery);

export class ListDeliveriesRequest extends ListDeliveriesQuery {
  @Id() readonly id!: string;
}
