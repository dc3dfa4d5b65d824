-- All streams or none. Streams, expectations and counts go together; so do ids, types, data and envelopes, first those
-- of the first stream. Answers the new versions. The order of the steps is what the sequencer relies on: every stream's row
-- is locked (a new one by being new) before a number of pending_seq is taken. Errors: SW001 not at the version, SW002 there
-- already, SW003 not there, SW004 a stream only read has moved; DETAIL is the stream.
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
  made text[] := '{}';
  versions int[] := array_fill(0, ARRAY[cardinality(written)]);
  event_streams text[] := written;
  event_versions int[];
BEGIN
  PERFORM store.refuse_foreign(written);

  IF 0 = ANY (expected || checked_expected) OR -2 = ANY (expected) THEN
    WITH inserted AS (
      INSERT INTO store.streams (stream, version)
      SELECT each.stream, each.count FROM (
        SELECT * FROM unnest(written, expected, counts)
        UNION ALL SELECT *, 0 FROM unnest(checked, checked_expected)
      ) AS each (stream, expect, count)
      WHERE expect IN (0, -2) ORDER BY each.stream COLLATE "C", each.count DESC
      ON CONFLICT DO NOTHING RETURNING stream
    )
    SELECT coalesce(array_agg(stream), '{}') INTO made FROM inserted WHERE stream = ANY (written);
  END IF;

  IF cardinality(made) < cardinality(written) OR cardinality(checked) > 0 THEN
    IF cardinality(checked) = 0 THEN
      versions := store.lock_streams(written);
    ELSE
      versions := store.lock_streams(written, checked);
    END IF;
    IF cardinality(made) > 0 THEN
      SELECT array_agg(CASE WHEN stream = ANY (made) THEN 0 ELSE version END ORDER BY ordinality) INTO versions
      FROM unnest(written || checked, versions) WITH ORDINALITY AS each (stream, version, ordinality);
    END IF;
    PERFORM store.refuse_unexpected(written || checked, versions, expected || checked_expected, cardinality(written));
    versions := versions[:cardinality(written)];
    UPDATE store.streams SET version = each.version + each.count
    FROM unnest(written, versions, counts) AS each (stream, version, count)
    WHERE streams.stream = each.stream AND each.count > 0 AND each.stream <> ALL (made);
  END IF;

  IF cardinality(written) = 1 AND cardinality(ids) = 1 AND counts[1] = 1 THEN
    event_versions := ARRAY[versions[1] + 1];
  ELSE
    SELECT coalesce(array_agg(each.stream ORDER BY ordinality, nth), '{}'),
      coalesce(array_agg(each.version + nth ORDER BY ordinality, nth), '{}')
    INTO event_streams, event_versions
    FROM unnest(written, versions, counts) WITH ORDINALITY AS each (stream, version, count, ordinality),
      generate_series(1, each.count) AS nth;
  END IF;
  IF cardinality(event_streams) <> cardinality(ids) THEN
    RAISE data_exception USING MESSAGE = 'the counts are not those of the events';
  END IF;

  INSERT INTO store.events (stream, version, id, type, data, envelope)
  SELECT * FROM unnest(event_streams, event_versions, ids, types, data, envelopes);

  INSERT INTO store.pending (streams, versions)
  SELECT event_streams[first:first + 99], event_versions[first:first + 99]
  FROM generate_series(1, cardinality(event_streams), 100) AS first;

  RETURN (
    SELECT array_agg(version + count ORDER BY ordinality)
    FROM unnest(versions, counts) WITH ORDINALITY AS each (version, count, ordinality)
  );
END $$;
