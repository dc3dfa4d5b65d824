-- Many streams at once, each from a version on, as few rows of whole JSON texts, which one parse each reads: a row an event
-- costs more on its way than to find. Up to 200 events a row, in order; nth is the place among the wanted. The version of
-- the stream is 0 when there is none; first is NULL when nothing is wanted of it.
CREATE FUNCTION store.read_events(wanted text[], from_versions int[])
RETURNS TABLE (nth int, stream_version int, first int, ids text, types text, data text, envelopes text)
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
  FOR place IN 1..cardinality(wanted) LOOP
    SELECT version INTO stream_version FROM store.streams WHERE stream = wanted[place];
    nth := place;
    stream_version := coalesce(stream_version, 0);
    first := NULL;
    IF stream_version < from_versions[place] OR stream_version = 0 THEN
      RETURN NEXT;
    END IF;
    FOR first IN SELECT * FROM generate_series(greatest(from_versions[place], 1), stream_version, 200) LOOP
      RETURN QUERY
      SELECT nth, stream_version, min(version), string_agg(id::text, ','), string_agg(type, ','),
        '[' || string_agg(data::text, ',') || ']', '[' || string_agg(envelope::text, ',') || ']'
      FROM (
        SELECT * FROM store.events
        WHERE stream = wanted[place] AND version >= first AND version < first + 200 ORDER BY version
      ) AS each;
    END LOOP;
  END LOOP;
END $$;
