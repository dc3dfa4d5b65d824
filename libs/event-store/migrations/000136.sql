-- The views that read a table, with what they say of it by name; and the same columns without it, for while it is away.
CREATE FUNCTION store.views_of(read_from regclass) RETURNS TABLE (name text, definition text, nothing text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT format('%I.%I', namespace.nspname, view.relname), pg_get_viewdef(view.oid), (
    SELECT 'SELECT ' || string_agg(format('NULL::%s%s AS %I', format_type(atttypid, atttypmod),
      CASE WHEN attcollation <> 0 THEN ' COLLATE ' || attcollation::regcollation END, attname), ', ' ORDER BY attnum)
    FROM pg_attribute WHERE attrelid = view.oid AND attnum > 0)
  FROM pg_class AS view JOIN pg_namespace AS namespace ON namespace.oid = view.relnamespace
  WHERE view.relkind = 'v' AND EXISTS (
    SELECT FROM pg_rewrite AS rule JOIN pg_depend AS depends ON depends.classid = 'pg_rewrite'::regclass AND depends.objid = rule.oid
    WHERE rule.ev_class = view.oid AND depends.refclassid = 'pg_class'::regclass AND depends.refobjid = read_from);
END;
