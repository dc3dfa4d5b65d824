-- Locks the rows of these streams and answers their versions in the order asked, 0 for no stream. Always in the order of
-- the names, so that no two appends wait for each other. Rows that are only read are shared.
CREATE FUNCTION store.lock_streams(written text[], checked text[]) RETURNS int[]
LANGUAGE plpgsql AS $$
DECLARE
  wanted record;
BEGIN
  FOR wanted IN
    SELECT stream, bool_or(is_written) AS is_written
    FROM (SELECT unnest(written), true UNION ALL SELECT unnest(checked), false) AS each (stream, is_written)
    GROUP BY stream ORDER BY stream COLLATE "C"
  LOOP
    IF wanted.is_written THEN
      PERFORM FROM store.streams WHERE stream = wanted.stream FOR UPDATE;
    ELSE
      PERFORM FROM store.streams WHERE stream = wanted.stream FOR SHARE;
    END IF;
  END LOOP;
  RETURN (
    SELECT array_agg(coalesce(streams.version, 0) ORDER BY ordinality)
    FROM unnest(written || checked) WITH ORDINALITY AS each (stream, ordinality)
    LEFT JOIN store.streams ON streams.stream = each.stream
  );
END $$;
