-- One round: positions for what is committed. All pending rows at once, or, when the table has grown past 2 MB, those up
-- to a bound. Never LIMIT, never SKIP LOCKED: both invert streams. Within a stream the order of seq is the order of commit.
-- A round that finds nothing writes nothing, and answers no head.
CREATE FUNCTION store.sequence(mine bigint, calls int) RETURNS TABLE (sequenced int, head bigint, more boolean, pending_bytes bigint)
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
  pending_bytes := pg_relation_size('store.pending');
  IF NOT EXISTS (SELECT FROM store.pending) THEN
    RETURN NEXT;
    RETURN;
  END IF;

  PERFORM store.hold_lead('sequencer', mine);
  IF pending_bytes > 2 * 1024 * 1024 THEN
    SELECT min(seq) + calls INTO bound FROM store.pending;
  END IF;
  SELECT position, sequenced_at INTO last_position, last_at FROM store.event_log ORDER BY position DESC LIMIT 1;
  last_position := coalesce(last_position, 0);
  last_at := greatest(last_at, clock_timestamp());

  WITH taken AS (
    DELETE FROM store.pending WHERE bound IS NULL OR seq <= bound RETURNING seq, streams, versions
  )
  INSERT INTO store.event_log (position, stream, version, sequenced_at)
  SELECT last_position + row_number() OVER (ORDER BY taken.seq, each.nth), each.stream, each.version, last_at
  FROM taken, unnest(taken.streams, taken.versions) WITH ORDINALITY AS each (stream, version, nth);

  GET DIAGNOSTICS sequenced = ROW_COUNT;
  head := last_position + sequenced;
  more := bound IS NOT NULL AND EXISTS (SELECT FROM store.pending);
  PERFORM pg_notify('slipway_sequenced', head::text);
  RETURN NEXT;
END $$;
