import type { Kafka } from 'kafkajs';

export type RecoveryOptions = Readonly<{
  /** As the owner of the database. */
  url: string;
  kafka: Kafka;
  prefix: string;
  onProgress?: Progress;
}>;

export type Progress = (step: 'read from Kafka' | 'taken back', done: number, of: number) => void;

/** The log can not be recovered like that; nothing of it was done. The message says what can be done. */
export class RecoveryRefused extends Error {
  override readonly name = 'RecoveryRefused';
}
