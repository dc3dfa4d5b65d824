import { Logger } from '@nestjs/common';
import { connectKafka, consumerTransport, progressOf, projecting, type Source } from '@slipway/consumers';
import { PostgresEventStore } from '@slipway/event-store';
import pg from 'pg';
import { required } from '../../environment.ts';
import { serve } from '../../serve.ts';
import { streamCounts } from './counts.ts';

Logger.overrideLogger(['fatal', 'error', 'warn']); // what kafkajs tries again by itself is debug

const pool = new pg.Pool({
  connectionString: required('DATABASE_URL'),
  options: '-c search_path=planning',
  max: 4,
});
const source: Source = {
  kind: 'kafka',
  kafka: connectKafka('bench-consumer', required('KAFKA_BROKERS').split(',')),
  prefix: required('TOPIC_PREFIX'),
  store: new PostgresEventStore(pool),
  pool,
  onError: (_, error) => process.stderr.write(`consumer: ${String(error)}\n`),
};

const transport = consumerTransport(source, projecting(streamCounts));
const progress = progressOf(source);
transport.listen(() => undefined);

const methods = {
  position: (): Promise<number> => progress.position(streamCounts),
  counted: async (): Promise<number> => {
    const { rows } = await pool.query<{ sum: string }>('SELECT coalesce(sum(count), 0) AS sum FROM counts');
    return Number(rows[0]?.sum);
  },
};

export type ConsumerMethods = typeof methods;
serve(methods, async () => {
  await transport.close();
  await pool.end();
});
