import type { notificationV1 as v1 } from '@slipway/contracts';
import { enumWords, type Listing, optionalTimestamp, timestampOf } from '@slipway/edge';
import { DELIVERY_STATES, type DeliveryRowDto } from './subscriptions.answers.dto.ts';

const { worded, enumOf } = enumWords({ state: ['DELIVERY_STATE', DELIVERY_STATES] });
export { worded as asDeliveriesRequest };

type Receipt = Readonly<{ at: string; status: number | null; answerDigest?: string }>;

const deliveryMessage = (row: DeliveryRowDto): v1.Delivery => ({
  id: row.id,
  webhookId: row.webhookId ?? '',
  recipient: row.recipient ?? '',
  event: row.event,
  type: row.type,
  subject: row.subject,
  position: String(row.position),
  state: enumOf('state', row.state),
  contentDigest: row.contentDigest ?? '',
  attemptCount: row.attemptCount,
  nextAttemptAt: optionalTimestamp(row.nextAttemptAt),
  receipt: row.receipt && receiptMessage(row.receipt as Receipt),
  lastError: row.lastError ?? '',
  createdAt: timestampOf(row.createdAt),
});

const receiptMessage = ({ at, status, answerDigest = '' }: Receipt): v1.Receipt => ({
  at: timestampOf(at),
  status: status ?? 0,
  answerDigest,
});

export const deliveriesMessage = ({ items, position, nextPageToken = '' }: Listing): v1.ListDeliveriesResponse => ({
  deliveries: (items as readonly DeliveryRowDto[]).map(deliveryMessage),
  nextPageToken,
  position: String(position),
});
