-- The indexes that the new version lacks, under their names: all of them, or those only that make rows unique.
CREATE FUNCTION store.index_for_rebuild(live regclass, beside text, only_unique boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  given record;
BEGIN
  FOR given IN
    SELECT index.relname AS name, live_table.relname AS on_table, indisunique,
      substring(pg_get_indexdef(indexrelid) FROM ' USING .*$') AS definition
    FROM pg_index
    JOIN pg_class AS index ON index.oid = indexrelid
    JOIN pg_class AS live_table ON live_table.oid = indrelid
    WHERE indrelid = live AND (indisunique OR NOT only_unique)
    ORDER BY index.relname
  LOOP
    IF to_regclass(format('%I.%I', beside, given.name)) IS NULL THEN
      EXECUTE format('CREATE %s INDEX %I ON %I.%I %s', CASE WHEN given.indisunique THEN 'UNIQUE' END, given.name, beside,
        given.on_table, given.definition);
    END IF;
  END LOOP;
END $$;
