import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Choice, Id, Instant, Integer, ListQuery, Optional, Text, Texts } from '@slipway/edge';
import { RecordAnswer } from '@slipway/records';
import { IsObject } from 'class-validator';
import { STATES } from './subscriptions.dto.ts';

export const DELIVERY_STATES = ['waiting', 'delivered', 'failed'] as const;

export class ListDeliveriesQuery extends OmitType(ListQuery, ['q', 'state']) {
  @Choice(...DELIVERY_STATES)
  @Optional()
  readonly state?: string;
}

export class ListAttemptsQuery extends OmitType(ListQuery, ['q', 'state', 'from', 'to']) {}

const someObject = () => ApiProperty({ type: 'object', additionalProperties: true });

export class SubscriptionRowDto {
  @Id() readonly id!: string;
  @Text(30) @Optional() readonly number?: string;
  @Text(200) readonly title!: string;
  @Text(60) readonly owner!: string;
  @Choice(...STATES) readonly state!: string;
  @Text(20) readonly kind!: string;
  @someObject() @IsObject() readonly filter!: object;
  @Texts(50, 63) readonly labels!: readonly string[];
  /** Keys in other systems. */
  @Texts(100, 200) readonly refs!: readonly string[];
  @Instant() readonly createdAt!: string;
  @Instant() readonly updatedAt!: string;
  @Integer(1, 1_000_000) readonly version!: number;
}

/** One subscription, with how its receiver is doing. */
export class SubscriptionDto extends RecordAnswer {
  @Id() readonly id!: string;
  @Text(30) @Optional() readonly number?: string;
  @Text(200) readonly title!: string;
  @Text(60) readonly owner!: string;
  @Text(10_000) @Optional() readonly description?: string;
  @Choice(...STATES) readonly state!: string;
  @Text(2_000) @Optional() readonly reason?: string;
  @someObject() @IsObject() readonly filter!: object;
  @someObject() @IsObject() readonly channel!: object;
  /** By Slipway: why, and since when. */
  @someObject() @IsObject() @Optional() readonly disabled?: object;
  @Instant() @Optional() readonly overlapUntil?: string;
  /** Of an answer that made it, and of no other: `whsec_…`, what the receiver verifies signatures with. */
  @Text(200) @Optional() readonly secret?: string;
  /** Of `GET` only: deliveries by state, since when it fails, and failures of its expression. */
  @someObject() @IsObject() @Optional() readonly standing?: object;
  @Instant() readonly createdAt!: string;
  @Instant() readonly updatedAt!: string;
  @Integer(1, 1_000_000) readonly version!: number;
}

export class DeliveryAttemptDto {
  @Integer(1, 1_000) readonly nth!: number;
  @Instant() readonly at!: string;
  @Integer(0, 1_000_000) readonly durationMs!: number;
  @Integer(100, 599) @Optional() readonly status?: number;
  @Text(50) @Optional() readonly error?: string;
  /** SHA-256 of what the receiver answered, as far as it was read. */
  @Text(80) @Optional() readonly answerDigest?: string;
}

export class DeliveryRowDto {
  @Id() readonly id!: string;
  /** Of a webhook, `webhook-id`: the same at every attempt. */
  @Text(60) @Optional() readonly webhookId?: string;
  /** Of mail, a pseudonym. */
  @Text(60) @Optional() readonly recipient?: string;
  @Id() readonly event!: string;
  @Text(150) readonly type!: string;
  @Text(150) readonly subject!: string;
  @Integer(1, Number.MAX_SAFE_INTEGER) readonly position!: number;
  @Choice(...DELIVERY_STATES) readonly state!: string;
  /** SHA-256 of the bytes that are sent; of mail, of what was said in the end. */
  @Text(80) @Optional() readonly contentDigest?: string;
  @Integer(0, 1_000) readonly attemptCount!: number;
  @Instant() @Optional() readonly nextAttemptAt?: string;
  /** Of a delivered one: when, and what the receiver answered. */
  @someObject() @IsObject() @Optional() readonly receipt?: object;
  @Text(50) @Optional() readonly lastError?: string;
  @Instant() readonly createdAt!: string;
}
