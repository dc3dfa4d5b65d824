-- All streams or none. Streams, expectations and counts go together; so do ids, types, data and envelopes, first those
-- of the first stream. Answers the new versions. The order of the steps is what the sequencer relies on: every stream's row
-- is locked before a number of pending_seq is taken. Errors: SW001 not at the version, SW002 there already, SW003 not
-- there, SW004 a stream only read has moved; DETAIL is the stream.
CREATE FUNCTION store.append(
  written text[], expected int[], counts int[],
  checked text[], checked_expected int[],
  ids uuid[], types text[], data json[], envelopes json[]
) RETURNS int[]
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  versions int[];
  failed record;
  event_streams text[];
  event_versions int[];
BEGIN
  PERFORM store.refuse_foreign(written);

  INSERT INTO store.streams (stream)
  SELECT DISTINCT each.stream COLLATE "C" AS stream
  FROM (
    SELECT * FROM unnest(written, expected)
    UNION ALL SELECT * FROM unnest(checked, checked_expected)
  ) AS each (stream, expect)
  WHERE expect IN (0, -2) ORDER BY 1
  ON CONFLICT DO NOTHING;

  IF cardinality(checked) = 0 THEN
    WITH locked AS MATERIALIZED (
      SELECT stream, version FROM store.streams WHERE stream = ANY (written) ORDER BY stream FOR UPDATE
    )
    SELECT array_agg(coalesce(locked.version, 0) ORDER BY ordinality) INTO versions
    FROM unnest(written) WITH ORDINALITY AS each (stream, ordinality) LEFT JOIN locked ON locked.stream = each.stream;
  ELSE
    versions := store.lock_streams(written, checked);
  END IF;

  SELECT stream, expect, ordinality > cardinality(written) AS is_checked INTO failed
  FROM unnest(written || checked, versions, expected || checked_expected)
    WITH ORDINALITY AS each (stream, version, expect, ordinality)
  WHERE NOT store.meets(version, expect) ORDER BY ordinality LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING
      ERRCODE = CASE WHEN failed.is_checked THEN 'SW004' WHEN failed.expect = 0 THEN 'SW002'
        WHEN failed.expect = -1 THEN 'SW003' ELSE 'SW001' END,
      MESSAGE = format('%s is not as expected', failed.stream), DETAIL = failed.stream;
  END IF;

  SELECT array_agg(each.stream ORDER BY ordinality, nth), array_agg(each.version + nth ORDER BY ordinality, nth)
  INTO event_streams, event_versions
  FROM unnest(written, versions[:cardinality(written)], counts) WITH ORDINALITY AS each (stream, version, count, ordinality),
    generate_series(1, each.count) AS nth;
  IF coalesce(cardinality(event_streams), 0) <> cardinality(ids) THEN
    RAISE data_exception USING MESSAGE = 'the counts are not those of the events';
  END IF;

  INSERT INTO store.events (stream, version, id, type, data, envelope)
  SELECT * FROM unnest(event_streams, event_versions, ids, types, data, envelopes);

  UPDATE store.streams SET version = each.version + each.count
  FROM unnest(written, versions[:cardinality(written)], counts) AS each (stream, version, count)
  WHERE streams.stream = each.stream;

  INSERT INTO store.pending (streams, versions)
  SELECT event_streams[first:first + 99], event_versions[first:first + 99]
  FROM generate_series(1, cardinality(event_streams), 100) AS first;

  RETURN (
    SELECT array_agg(version + count ORDER BY ordinality)
    FROM unnest(versions[:cardinality(written)], counts) WITH ORDINALITY AS each (version, count, ordinality)
  );
END $$;
