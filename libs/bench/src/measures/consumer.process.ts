import { connectKafka, consumerTransport, type Source, type Subscription } from '@slipway/consumers';
import { PostgresEventStore } from '@slipway/event-store';
import pg from 'pg';
import { required } from '../environment.ts';
import { serve } from '../serve.ts';
import { machineMs } from './clock.ts';

/** When it came into the hands of the view, and when what the view wrote was committed; `machineMs`. */
export type Seen = Readonly<{ received: number; committed: number }>;

/** A view that counts by adding one, fed by Kafka: what came twice, or not at all, would show. */
export type Consumer = Readonly<{
  /** By stream, since the call before. */
  seen: () => Promise<Readonly<Record<string, Seen>>>;
  /** Events since it began. */
  handled: () => Promise<number>;
}>;

const consumer = required('CONSUMER_NAME');
/** Without it memory does not grow with what goes through. */
const remembers = process.env['CONSUMER_REMEMBERS'] === 'yes';
/** That each batch takes longer than it has to. */
const slowedByMs = Number(process.env['CONSUMER_SLOWED_BY_MS'] ?? 0);
const pool = new pg.Pool({
  connectionString: required('CONSUMER_URL'),
  max: 4,
  options: '-c search_path=planning',
});

const TALLY = `
  INSERT INTO measured AS tally SELECT stream, count(*) FROM unnest($1::text[]) AS stream GROUP BY stream
  ON CONFLICT (stream) DO UPDATE SET count = tally.count + excluded.count`;

let seen: Record<string, Seen> = {};
/** When each position came, until it had its effect. */
const received = new Map<number, number>();
let handled = 0;

const tallying: Subscription = {
  consumer,
  categories: ['release'],
  apply: async (batch, client) => {
    const now = machineMs();
    if (remembers) for (const { position } of batch) received.set(position, now);
    if (slowedByMs > 0) await client.query('SELECT pg_sleep($1)', [slowedByMs / 1_000]);
    else await client.query({ name: 'tally', text: TALLY, values: [batch.map(({ stream }) => stream)] });
  },
  applied: batch => {
    const committed = machineMs();
    handled += batch.length;
    if (!remembers) return;
    for (const { stream, position } of batch) {
      seen[stream] = { received: received.get(position) ?? committed, committed };
      received.delete(position);
    }
  },
};

const source: Source = {
  kind: 'kafka',
  store: new PostgresEventStore(pool),
  pool,
  kafka: connectKafka(consumer, [required('KAFKA_BROKERS')]),
  prefix: required('TOPIC_PREFIX'),
};
const transport = consumerTransport(source, tallying);
transport.listen(() => undefined);

serve(
  {
    seen: () => {
      const all = seen;
      seen = {};
      return Promise.resolve(all);
    },
    handled: () => Promise.resolve(handled),
  } satisfies Consumer,
  async () => {
    await transport.close();
    await pool.end();
  },
);
