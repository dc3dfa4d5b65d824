-- One round: positions for what is committed. All pending rows at once, or, when the table has grown past 2 MB (with what
-- large appends keep out of line), those up to a bound. Never LIMIT, never SKIP LOCKED: both invert streams. Within a stream
-- the order of seq is the order of commit. A round that finds nothing writes nothing, and answers no head. waited is how
-- long the oldest of them did, in seconds. sequenced_at has milliseconds: what leaves the database says no more, and must be
-- enough to bring the row back.
CREATE FUNCTION store.sequence(mine bigint, calls int)
RETURNS TABLE (sequenced int, head bigint, more boolean, pending_bytes bigint, waited float8)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
  last_position bigint;
  last_at timestamptz;
  bound bigint;
BEGIN
  sequenced := 0;
  more := false;
  waited := 0;
  pending_bytes := pg_relation_size('store.pending');
  IF NOT EXISTS (SELECT FROM store.pending) THEN
    RETURN NEXT;
    RETURN;
  END IF;

  PERFORM store.hold_lead('sequencer', mine);
  IF pg_table_size('store.pending') > 2 * 1024 * 1024 THEN
    SELECT min(seq) + calls INTO bound FROM store.pending;
  END IF;
  SELECT position, sequenced_at INTO last_position, last_at FROM store.event_log ORDER BY position DESC LIMIT 1;
  last_position := coalesce(last_position, 0);
  last_at := greatest(last_at, date_trunc('milliseconds', clock_timestamp()));

  WITH taken AS (
    DELETE FROM store.pending WHERE bound IS NULL OR seq <= bound RETURNING seq, streams, versions, appended_at
  ), logged AS (
    INSERT INTO store.event_log (position, stream, version, sequenced_at)
    SELECT last_position + row_number() OVER (ORDER BY taken.seq, each.nth), each.stream, each.version, last_at
    FROM taken, unnest(taken.streams, taken.versions) WITH ORDINALITY AS each (stream, version, nth)
  )
  SELECT coalesce(sum(cardinality(streams)), 0), coalesce(extract(epoch FROM clock_timestamp() - min(appended_at)), 0)
  INTO sequenced, waited FROM taken;

  head := last_position + sequenced;
  more := bound IS NOT NULL AND EXISTS (SELECT FROM store.pending);
  PERFORM pg_notify('slipway_sequenced', head::text);
  RETURN NEXT;
END $$;
