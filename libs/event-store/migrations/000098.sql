-- How far each of these positions is from the head: in positions, and in seconds since the first event after it was sequenced.
CREATE FUNCTION store.lag(marks bigint[]) RETURNS TABLE (positions bigint, seconds float8)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT greatest(0, store.head() - mark),
    coalesce(greatest(0, extract(epoch FROM clock_timestamp() - (
      SELECT sequenced_at FROM store.event_log WHERE position > mark ORDER BY position LIMIT 1))), 0)
  FROM unnest(marks) WITH ORDINALITY AS each (mark, nth) ORDER BY nth;
END;
