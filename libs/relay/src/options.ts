import type { Kafka } from 'kafkajs';

export type RelayOptions = Readonly<{
  /** As role `slipway_relay`, straight to the server. */
  url: string;
  kafka: Kafka;
  /** Of the topics; `slipway` by default. */
  prefix?: string;
  /** Each error; the relay goes on by itself. */
  onError?: (error: Error) => void;
}>;

export const DEFAULT_PREFIX = 'slipway';
