-- One empty table of the new version: columns, defaults, checks, storage, rights, and what makes its rows unique. The
-- other indexes are made at once, or by index_rebuild once it is filled.
CREATE FUNCTION store.copy_for_rebuild(live regclass, beside text, indexed boolean) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  named text := (SELECT relname FROM pg_class WHERE oid = live);
  options text := (SELECT array_to_string(reloptions, ', ') FROM pg_class WHERE oid = live);
  given record;
BEGIN
  IF EXISTS (SELECT FROM pg_constraint WHERE contype = 'f' AND live IN (conrelid, confrelid))
    OR EXISTS (SELECT FROM pg_trigger WHERE tgrelid = live AND NOT tgisinternal) THEN
    RAISE feature_not_supported USING MESSAGE = format('%s has foreign keys or triggers: it cannot be rebuilt', live);
  END IF;
  EXECUTE format('CREATE TABLE %I.%I (LIKE %s INCLUDING ALL EXCLUDING INDEXES)', beside, named, live);
  IF options IS NOT NULL THEN
    EXECUTE format('ALTER TABLE %I.%I SET (%s)', beside, named, options);
  END IF;
  FOR given IN
    SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
    WHERE conrelid = live AND contype IN ('p', 'u', 'x') ORDER BY conname
  LOOP
    EXECUTE format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', beside, named, given.conname, given.definition);
  END LOOP;
  FOR given IN
    SELECT privilege_type, grantee FROM pg_class, aclexplode(relacl) WHERE oid = live AND grantee <> relowner
  LOOP
    EXECUTE format('GRANT %s ON %I.%I TO %s', given.privilege_type, beside, named,
      CASE given.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(given.grantee)) END);
  END LOOP;
  PERFORM store.index_for_rebuild(live, beside, NOT indexed);
END $$;
