-- Categories NULL: all of them.
CREATE FUNCTION store.read_log(after bigint, max_events int, categories text[] DEFAULT NULL)
RETURNS TABLE (
  "position" bigint, sequenced_at timestamptz, stream text, version int, id uuid, type text, data json, envelope json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET jit = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT log.position, log.sequenced_at, log.stream, log.version, events.id, events.type, events.data, events.envelope
  FROM (
    SELECT * FROM store.event_log
    WHERE event_log.position > after
      AND (read_log.categories IS NULL OR split_part(event_log.stream, '-', 1) = ANY (read_log.categories))
    ORDER BY event_log.position LIMIT max_events
  ) AS log
  JOIN store.events ON events.stream = log.stream AND events.version = log.version
  ORDER BY log.position;
END $$;
