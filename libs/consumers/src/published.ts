import type pg from 'pg';

/** What the relay says of one partition. */
export type Published = Readonly<{
  topic: string;
  partition: number;
  /** The last position published to it. */
  last: number;
  /** Since the checkpoint before, the first position published to it came after `before`. */
  first: number;
  before: number;
}>;

const PARTITIONS = `
  SELECT topic, partition, last::text, first::text, before::text FROM relay.partitions WHERE topic = ANY ($1)`;

/** One row a partition, idle ones too. */
export const publishedIn = async (pool: pg.Pool, topics: readonly string[]): Promise<readonly Published[]> => {
  const { rows } = await pool.query<Record<'topic' | 'last' | 'first' | 'before', string> & { partition: number }>(
    PARTITIONS,
    [topics],
  );
  return rows.map(({ topic, partition, last, first, before }) => ({
    topic,
    partition,
    last: Number(last),
    first: Number(first),
    before: Number(before),
  }));
};

/** Everything up to here has been published. */
export const checkpointOf = async (pool: pg.Pool, prefix: string): Promise<number> => {
  const { rows } = await pool.query<{ position: string }>('SELECT position FROM relay.checkpoints WHERE prefix = $1', [
    prefix,
  ]);
  return Number(rows[0]?.position ?? 0);
};

/** 0 before the relay has been there. */
export const partitionCount = (published: readonly Published[], topic: string): number =>
  published.filter(each => each.topic === topic).length;
