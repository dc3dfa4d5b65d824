-- The new version in place of the old one, in the caller's transaction. Views that read the old one read the new one then, with
-- their rights as they were. Tables beside that are not named are dropped.
CREATE OR REPLACE FUNCTION store.finish_rebuild(tables text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := store.own_schema();
  filled text;
  names text[];
  definitions text[];
  nothings text[];
BEGIN
  FOREACH filled IN ARRAY tables LOOP
    SELECT coalesce(array_agg(name), '{}'), array_agg(definition), array_agg(nothing) INTO names, definitions, nothings
    FROM store.views_of(format('%I.%I', own, filled)::regclass);
    FOR nth IN 1 .. cardinality(names) LOOP
      EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', names[nth], nothings[nth]);
    END LOOP;
    EXECUTE format('DROP TABLE %I.%I', own, filled);
    EXECUTE format('ALTER TABLE %I.%I SET SCHEMA %I', own || '_rebuild', filled, own);
    FOR nth IN 1 .. cardinality(names) LOOP
      EXECUTE format('CREATE OR REPLACE VIEW %s AS %s', names[nth], definitions[nth]);
    END LOOP;
  END LOOP;
  PERFORM store.abandon_rebuild();
END $$;
