import type { EventStore } from '@slipway/event-store';
import type { Kafka } from 'kafkajs';
import type pg from 'pg';
import type { LogHints } from './log-hints.ts';

type Common = Readonly<{
  store: EventStore;
  /** Of the service's role, with the service's schema first in the search path: its watermarks are there. */
  pool: pg.Pool;
  /** Says what went wrong and is being tried again. */
  onError?: (consumer: string, error: unknown) => void;
  settings?: Settings;
}>;

/** Reads `event_log` directly: one position, a true prefix. */
export type LogSource = Common & Readonly<{ kind: 'log'; hints: LogHints }>;

/** Reads the topics that the relay fills: one position a partition. */
export type KafkaSource = Common & Readonly<{ kind: 'kafka'; kafka: Kafka; prefix: string }>;

export type Source = LogSource | KafkaSource;

export type Settings = Readonly<{
  /** Records a transaction, at most: it begins with few, and takes more while they are quick. */
  batchSize: number;
  /** How often a failing event is tried before its stream is parked; the loss of the database does not count. */
  attempts: number;
  firstDelayMs: number;
  longestDelayMs: number;
  /** A look at the log without a hint. */
  pollMs: number;
  /** Behind, and nothing moved for so long: the transport starts anew. */
  deafAfterMs: number;
}>;

export const defaults: Settings = {
  batchSize: 5_000,
  attempts: 5,
  firstDelayMs: 25,
  longestDelayMs: 5_000,
  pollMs: 1_000,
  deafAfterMs: 60_000,
};

export const settingsOf = (source: Source): Settings => source.settings ?? defaults;
