-- Many commands at once, each on one stream of its own: a command whose expectation fails has no effect, and its neighbors
-- have theirs. Expected is an exact version, 0 for no stream; the first `creating` commands expect none. Answers the new
-- version of each stream, NULL where the expectation failed. The order of the steps is that of store.append: every stream's
-- row is locked (a new one by being new, an old one by its update) before a number of pending_seq is taken.
CREATE FUNCTION store.append_each(
  written text[], expected int[], counts int[], creating int,
  ids uuid[], types text[], data json[], envelopes json[]
) RETURNS int[]
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET jit = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
  made text[];
  done bool[] := array_fill(false, ARRAY[cardinality(written)]);
  nth int;
  event_streams text[] := written;
  event_versions int[];
  event_commands int[];
BEGIN
  PERFORM store.refuse_foreign(written);

  IF creating > 0 THEN
    WITH inserted AS (
      INSERT INTO store.streams (stream, version)
      SELECT each.stream, each.count FROM unnest(written[:creating], counts[:creating]) AS each (stream, count)
      ORDER BY each.stream COLLATE "C"
      ON CONFLICT DO NOTHING RETURNING stream
    )
    SELECT coalesce(array_agg(stream), '{}') INTO made FROM inserted;
    IF cardinality(made) = creating THEN
      done := array_fill(true, ARRAY[creating]) || done[creating + 1:];
    ELSE
      SELECT array_agg(stream = ANY (made) ORDER BY ordinality) || done[creating + 1:] INTO done
      FROM unnest(written[:creating]) WITH ORDINALITY AS each (stream, ordinality);
    END IF;
  END IF;

  -- Also those at version 0, which somebody only asked for: they are no streams yet.
  IF false = ANY (done) THEN
    FOR nth IN
      UPDATE store.streams SET version = each.expect + each.count
      FROM (
        SELECT * FROM unnest(written, expected, counts) WITH ORDINALITY AS each (stream, expect, count, ordinality)
        WHERE NOT done[ordinality] ORDER BY stream COLLATE "C" OFFSET 0
      ) AS each
      WHERE streams.stream = each.stream AND streams.version = each.expect
      RETURNING each.ordinality
    LOOP
      done[nth] := true;
    END LOOP;
  END IF;

  IF cardinality(ids) = cardinality(written) THEN
    SELECT array_agg(expect + 1 ORDER BY ordinality), array_agg(ordinality::int ORDER BY ordinality)
    INTO event_versions, event_commands FROM unnest(expected) WITH ORDINALITY AS each (expect, ordinality);
  ELSE
    SELECT array_agg(each.stream ORDER BY ordinality, nth), array_agg(each.expect + nth ORDER BY ordinality, nth),
      array_agg(ordinality::int ORDER BY ordinality, nth)
    INTO event_streams, event_versions, event_commands
    FROM unnest(written, expected, counts) WITH ORDINALITY AS each (stream, expect, count, ordinality),
      generate_series(1, each.count) AS nth;
  END IF;
  IF cardinality(event_streams) <> cardinality(ids) OR 1 > ANY (counts) THEN
    RAISE data_exception USING MESSAGE = 'the counts are not those of the events';
  END IF;

  INSERT INTO store.events (stream, version, id, type, data, envelope)
  SELECT each.stream, each.version, id, type, data, envelope
  FROM unnest(event_streams, event_versions, event_commands, ids, types, data, envelopes)
    AS each (stream, version, command, id, type, data, envelope)
  WHERE done[each.command];

  IF false = ANY (done) THEN
    SELECT coalesce(array_agg(each.stream ORDER BY ordinality), '{}'), coalesce(array_agg(each.version ORDER BY ordinality), '{}')
    INTO event_streams, event_versions
    FROM unnest(event_streams, event_versions, event_commands) WITH ORDINALITY AS each (stream, version, command, ordinality)
    WHERE done[each.command];
  END IF;
  INSERT INTO store.pending (streams, versions)
  SELECT event_streams[first:first + 99], event_versions[first:first + 99]
  FROM generate_series(1, cardinality(event_streams), 100) AS first;

  RETURN (
    SELECT array_agg(CASE WHEN done[ordinality] THEN expect + count END ORDER BY ordinality)
    FROM unnest(expected, counts) WITH ORDINALITY AS each (expect, count, ordinality)
  );
END $$;
