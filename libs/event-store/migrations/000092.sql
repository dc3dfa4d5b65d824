CREATE FUNCTION store.abandon_rebuild() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  left_over record;
BEGIN
  FOR left_over IN
    SELECT relname FROM pg_class
    WHERE relnamespace = to_regnamespace(quote_ident(store.own_schema() || '_rebuild')) AND relkind = 'r'
  LOOP
    EXECUTE format('DROP TABLE %I.%I', store.own_schema() || '_rebuild', left_over.relname);
  END LOOP;
END $$;
