-- Drops who the subject is, and what opens its sealed text. Once or many times: the same.
CREATE FUNCTION directory.erase(erased text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM directory.people WHERE pseudonym = erased;
  DELETE FROM directory.aliases WHERE pseudonym = erased;
  INSERT INTO directory.keys (subject, key, erased_at) VALUES (erased, NULL, now())
  ON CONFLICT (subject) DO UPDATE SET key = NULL, erased_at = now();
END $$;
