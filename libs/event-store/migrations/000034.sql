-- Throws when a version is not the one expected; those beyond the written ones belong to streams that are only read.
CREATE FUNCTION store.refuse_unexpected(streams text[], versions int[], expected int[], written int) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  failed record;
BEGIN
  SELECT stream, expect, ordinality > written AS is_checked INTO failed
  FROM unnest(streams, versions, expected) WITH ORDINALITY AS each (stream, version, expect, ordinality)
  WHERE NOT store.meets(version, expect) ORDER BY ordinality LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING
      ERRCODE = CASE WHEN failed.is_checked THEN 'SW004' WHEN failed.expect = 0 THEN 'SW002'
        WHEN failed.expect = -1 THEN 'SW003' ELSE 'SW001' END,
      MESSAGE = format('%s is not as expected', failed.stream), DETAIL = failed.stream;
  END IF;
END $$;
