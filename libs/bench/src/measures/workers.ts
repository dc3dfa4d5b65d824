import { type Remote, startRemote } from '../remote.ts';
import type { Consumer } from './consumer.process.ts';
import type { Generator } from './generator.process.ts';
import type { Stage } from './stage.ts';

export const startGenerator = (databaseUrl: string): Promise<Remote<Generator>> =>
  startRemote<Generator>(new URL('./generator.process.js', import.meta.url), { GENERATOR_URL: databaseUrl });

export type ConsumerOptions = Readonly<{
  /** Keeps when it saw each stream. */
  remembers?: boolean;
  /** Milliseconds that each batch takes longer than it has to; then it counts nothing. */
  slowedByMs?: number;
}>;

export const startConsumer = (
  { urlOf, broker, prefix }: Stage,
  name: string,
  { remembers = false, slowedByMs = 0 }: ConsumerOptions = {},
): Promise<Remote<Consumer>> =>
  startRemote<Consumer>(new URL('./consumer.process.js', import.meta.url), {
    CONSUMER_URL: urlOf('planning'),
    CONSUMER_NAME: name,
    CONSUMER_REMEMBERS: remembers ? 'yes' : 'no',
    CONSUMER_SLOWED_BY_MS: String(slowedByMs),
    KAFKA_BROKERS: broker,
    TOPIC_PREFIX: prefix,
  });
