-- In one snapshot: the last position given, and the last pending row (up to a bound) that still waits for one. A row that
-- is committed stands in exactly one of the two, so without a pending row up to the bound, all up to it is in the log.
CREATE FUNCTION store.settled(bound bigint DEFAULT NULL) RETURNS TABLE (head bigint, waiting bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT
    (SELECT coalesce(max(position), 0) FROM store.event_log),
    (SELECT max(seq) FROM store.pending WHERE settled.bound IS NULL OR seq <= settled.bound);
END;
