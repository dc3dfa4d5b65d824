-- Events as few rows of whole JSON texts, which one parse each reads: a row an event costs more on its way than to find.
-- The first row says the version of the stream, 0 when there is none; then up to 200 events a row, in order.
CREATE FUNCTION store.read_events(wanted text, from_version int)
RETURNS TABLE (stream_version int, first int, ids text, types text, data text, envelopes text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_seqscan = off
SET enable_bitmapscan = off
AS $$
#variable_conflict use_column
BEGIN
  SELECT version INTO stream_version FROM store.streams WHERE stream = wanted;
  stream_version := coalesce(stream_version, 0);
  FOR first IN SELECT * FROM generate_series(greatest(from_version, 1), stream_version, 200) LOOP
    RETURN QUERY
    SELECT stream_version, min(version), string_agg(id::text, ','), string_agg(type, ','),
      '[' || string_agg(data::text, ',') || ']', '[' || string_agg(envelope::text, ',') || ']'
    FROM (
      SELECT * FROM store.events WHERE events.stream = wanted AND version >= first AND version < first + 200 ORDER BY version
    ) AS each;
  END LOOP;
  IF NOT FOUND THEN
    first := NULL;
    RETURN NEXT;
  END IF;
END $$;
