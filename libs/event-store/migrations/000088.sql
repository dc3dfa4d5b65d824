-- What the relay sends: the log with the bytes that are stored, and with the first event of a stream the stream's number,
-- so that everything can be brought back from Kafka.
CREATE FUNCTION store.read_published(after bigint, max_events int)
RETURNS TABLE (
  "position" bigint, sequenced_at timestamptz, stream text, version int, id uuid, type text, data text, envelope text, number text
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
  SELECT log.position, log.sequenced_at, log.stream, log.version, events.id, events.type, events.data::text,
    events.envelope::text, CASE WHEN log.version = 1 THEN (SELECT number FROM store.numbers WHERE stream = log.stream) END
  FROM (SELECT * FROM store.event_log WHERE event_log.position > after ORDER BY event_log.position LIMIT max_events) AS log
  JOIN store.events ON events.stream = log.stream AND events.version = log.version
  ORDER BY log.position;
END $$;
