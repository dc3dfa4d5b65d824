-- The new version in place of the old one, in the caller's transaction. Tables beside that are not named are dropped.
CREATE FUNCTION store.finish_rebuild(tables text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := store.own_schema();
  filled text;
BEGIN
  FOREACH filled IN ARRAY tables LOOP
    EXECUTE format('DROP TABLE %I.%I', own, filled);
    EXECUTE format('ALTER TABLE %I.%I SET SCHEMA %I', own || '_rebuild', filled, own);
  END LOOP;
  PERFORM store.abandon_rebuild();
END $$;
