import { KafkaTransport } from './kafka-transport.ts';
import { LogTransport } from './log-transport.ts';
import type { Source } from './source.ts';
import type { Subscription } from './subscription.ts';
import type { ConsumerTransport } from './transport.ts';

export type { ConsumerTransport } from './transport.ts';

/** A strategy for `connectMicroservice`: Nest's lifecycle starts and drains it. */
export const consumerTransport = (source: Source, subscription: Subscription): ConsumerTransport =>
  source.kind === 'kafka' ? new KafkaTransport(source, subscription) : new LogTransport(source, subscription);
