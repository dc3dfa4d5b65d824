-- The same for streams that are all written to, in one statement.
CREATE FUNCTION store.lock_streams(written text[]) RETURNS int[]
LANGUAGE plpgsql AS $$
BEGIN
  RETURN (
    WITH locked AS MATERIALIZED (
      SELECT stream, version FROM store.streams WHERE stream = ANY (written) ORDER BY stream FOR UPDATE
    )
    SELECT array_agg(coalesce(locked.version, 0) ORDER BY ordinality)
    FROM unnest(written) WITH ORDINALITY AS each (stream, ordinality) LEFT JOIN locked ON locked.stream = each.stream
  );
END $$;
