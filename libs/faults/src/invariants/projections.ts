import type pg from 'pg';
import { type Feed, FEEDS, tableOf } from '../load/tally.ts';

/** What each projection counted, against what is stored. */
export const countProjections = async (client: pg.ClientBase) => {
  const counts = { missingFromKafkaProjection: 0, missingFromLogProjection: 0, effectsTwice: 0, effectsOutOfOrder: 0 };
  for (const feed of FEEDS) {
    const { rows } = await client.query<Record<string, string>>(countsOf(feed));
    const [row = {}] = rows;
    counts[feed === 'kafka' ? 'missingFromKafkaProjection' : 'missingFromLogProjection'] = Number(row['missing']);
    counts.effectsTwice += Number(row['twice']);
    counts.effectsOutOfOrder += Number(row['out_of_order']);
  }
  return counts;
};

const countsOf = (feed: Feed): string => `
  SELECT
    (SELECT count(*) FROM store.events LEFT JOIN planning.${tableOf(feed)} AS tally USING (stream)
     WHERE tally.versions IS NULL OR events.version <> ALL (tally.versions)) AS missing,
    sum(greatest(count, cardinality(versions)) - (SELECT count(DISTINCT version) FROM unnest(versions) AS version)) AS twice,
    count(*) FILTER (WHERE versions <> ARRAY (SELECT version FROM unnest(versions) AS version ORDER BY version)) AS out_of_order
  FROM planning.${tableOf(feed)}`;

/** Streams that a consumer could not go on with although nothing in them was poison. */
export const parkedWithoutPoison = async (client: Pick<pg.ClientBase, 'query'>): Promise<number> => {
  const { rows } = await client.query<{ parked: number }>(`
    SELECT count(*)::int AS parked FROM planning.parked_streams AS parked
    WHERE NOT EXISTS (SELECT FROM store.events WHERE events.stream = parked.stream AND data->>'poison' IS NOT NULL)`);
  return rows[0]?.parked ?? 0;
};
