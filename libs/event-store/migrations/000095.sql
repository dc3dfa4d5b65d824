-- Empty tables beside those of a view, whatever was left there before is dropped. Indexed: not only by what makes rows unique.
CREATE FUNCTION store.begin_rebuild(tables text[], indexed boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := store.own_schema();
  wanted text;
BEGIN
  PERFORM store.abandon_rebuild();
  FOREACH wanted IN ARRAY tables LOOP
    PERFORM store.copy_for_rebuild(format('%I.%I', own, wanted)::regclass, own || '_rebuild', indexed);
  END LOOP;
END $$;
