-- No row: no stream. One row without an id: nothing from that version on.
CREATE FUNCTION store.read_stream(wanted text, from_version int)
RETURNS TABLE (stream_version int, version int, id uuid, type text, data json, envelope json)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_seqscan = off
AS $$
BEGIN
  RETURN QUERY
  SELECT streams.version, events.version, events.id, events.type, events.data, events.envelope
  FROM store.streams LEFT JOIN store.events ON events.stream = streams.stream AND events.version >= from_version
  WHERE streams.stream = wanted AND streams.version > 0
  ORDER BY events.version;
END $$;
