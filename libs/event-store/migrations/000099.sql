-- What the log has between two positions, so that several stretches can be read at the same time. Categories NULL: all of them.
CREATE FUNCTION store.read_stretch(after bigint, through bigint, categories text[] DEFAULT NULL)
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
    WHERE event_log.position > after AND event_log.position <= through
      AND (read_stretch.categories IS NULL OR split_part(event_log.stream, '-', 1) = ANY (read_stretch.categories))
    ORDER BY event_log.position
  ) AS log
  JOIN store.events ON events.stream = log.stream AND events.version = log.version
  ORDER BY log.position;
END $$;
