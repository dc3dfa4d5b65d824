CREATE FUNCTION directory.existing_key(wanted text) RETURNS TABLE (key bytea, erased_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT keys.key, keys.erased_at FROM directory.keys WHERE keys.subject = wanted;
END;
