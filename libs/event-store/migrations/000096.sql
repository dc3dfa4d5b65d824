-- What is left to be done once the tables are filled, before they are read.
CREATE FUNCTION store.index_rebuild() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := store.own_schema();
  filled record;
BEGIN
  FOR filled IN
    SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(quote_ident(own || '_rebuild')) AND relkind = 'r'
  LOOP
    PERFORM store.index_for_rebuild(format('%I.%I', own, filled.relname)::regclass, own || '_rebuild', false);
    EXECUTE format('ANALYZE %I.%I', own || '_rebuild', filled.relname);
  END LOOP;
END $$;
