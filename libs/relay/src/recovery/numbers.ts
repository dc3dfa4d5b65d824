import type pg from 'pg';

/** Numbers may have been given and shown that neither the backup nor Kafka knows of: so many are passed over. */
export const NUMBERS_PASSED_OVER = 1_000;

const MOVE = `
  SELECT setval(sequence.oid::regclass, known.highest + $1)
  FROM (
    SELECT lower(split_part(number, '-', 1)) AS prefix, max(split_part(number, '-', 2)::bigint) AS highest
    FROM (SELECT number FROM store.numbers UNION ALL SELECT number FROM tail WHERE number IS NOT NULL) AS given GROUP BY 1
  ) AS known
  JOIN pg_class AS sequence ON sequence.relname = 'numbers_' || known.prefix AND relkind = 'S'
    AND relnamespace = 'store'::regnamespace
  WHERE coalesce(pg_sequence_last_value(sequence.oid), 0) < known.highest + $1`;

/** No number is given a second time: the next ones come after all that are known, and some. Once or many times: the same. */
export const moveNumbers = async (client: pg.ClientBase): Promise<void> => {
  await client.query(MOVE, [NUMBERS_PASSED_OVER]);
};
