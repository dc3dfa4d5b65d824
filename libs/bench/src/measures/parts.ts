import { connectKafka, inRepeatableTransaction } from '@slipway/consumers';
import { PostgresEventStore } from '@slipway/event-store';
import { createTopics } from '@slipway/relay';
import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { newAppend } from './appends.ts';
import { type Spread, spreadOf } from './quantile.ts';
import { preparedDatabase, type Stage, urlAs } from './stage.ts';

/** What nothing between a commit and a view can do without, each alone, in milliseconds. */
export type Parts = Readonly<{
  /** One round of the sequencer over one append: its commit. */
  sequenced: Spread;
  /** One record, acknowledged by all replicas. */
  produced: Spread;
  /** One event into a view, with the watermark: a transaction of four statements. */
  projected: Spread;
}>;

type Pace = Readonly<{ samples: number; everyMs: number }>;

/** The database and the topics that only the parts write to. */
const DATABASE = 'parts';

/** Paced, since a machine that rests between two commits takes longer for each than one that does not. */
export const measureParts = async (stage: Stage, pace: Pace): Promise<Parts> => {
  const url = await stage.servers.database(DATABASE, preparedDatabase);
  return {
    sequenced: await sequenced(url, pace),
    produced: await produced(stage, pace),
    projected: await projected(urlAs(url, 'planning'), pace),
  };
};

const sequenced = async (databaseUrl: string, pace: Pace): Promise<Spread> => {
  const pool = new pg.Pool({ connectionString: urlAs(databaseUrl, 'planning'), max: 1 });
  const store = new PostgresEventStore(pool);
  const leader = new pg.Client({ connectionString: urlAs(databaseUrl, 'sequencer') });
  await leader.connect();
  const { rows } = await leader.query<{ epoch: string }>("SELECT store.take_lead('sequencer') AS epoch");
  const round = { name: 'sequence', text: 'SELECT * FROM store.sequence($1, 20000)', values: [rows[0]?.epoch] };
  try {
    return await timed(
      pace,
      () => leader.query(round),
      () => store.append([newAppend()]),
    );
  } finally {
    await leader.end();
    await pool.end();
  }
};

const produced = async (stage: Stage, pace: Pace): Promise<Spread> => {
  const kafka = connectKafka('parts', [stage.broker]);
  await createTopics(kafka, { prefix: DATABASE, partitions: 1, replication: 1 });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner: () => () => 0 });
  await producer.connect();
  const [event] = newAppend().events;
  const value = JSON.stringify(event?.data);
  try {
    return await timed(pace, () =>
      producer.send({ topic: `${DATABASE}.releases`, acks: -1, messages: [{ value, headers: { position: '1' } }] }),
    );
  } finally {
    await producer.disconnect();
  }
};

const MOVE = `UPDATE watermarks SET position = position + 1 WHERE consumer = 'parts'`;
const TALLY = `INSERT INTO measured VALUES ($1, 1)`;

const projected = async (url: string, pace: Pace): Promise<Spread> => {
  const pool = new pg.Pool({ connectionString: url, options: '-c search_path=planning', max: 1 });
  await pool.query(
    "INSERT INTO watermarks (consumer, topic, partition, incarnation, position) VALUES ('parts', '', 0, '', 0)",
  );
  let stream = '';
  try {
    return await timed(
      pace,
      () =>
        inRepeatableTransaction(pool, async client => {
          await client.query({ name: 'move', text: MOVE });
          await client.query({ name: 'tally', text: TALLY, values: [stream] });
        }),
      () => Promise.resolve((stream = newAppend().stream)),
    );
  } finally {
    await pool.end();
  }
};

/** The first tenth warms up and does not count. */
const timed = async (
  { samples, everyMs }: Pace,
  work: () => Promise<unknown>,
  before: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Spread> => {
  const took: number[] = [];
  const warm = Math.ceil(samples / 10);
  for (let count = -warm; count < samples; count += 1) {
    await before();
    const began = performance.now();
    await work();
    const ms = performance.now() - began;
    if (count >= 0) took.push(ms);
    await pause(Math.max(0, everyMs - ms));
  }
  return spreadOf(took);
};
