-- The key of a subject, made when there is none (also after an erasure: for what is sealed from then on).
CREATE FUNCTION directory.key(wanted text) RETURNS bytea
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found_key bytea;
BEGIN
  SELECT key INTO found_key FROM directory.keys WHERE subject = wanted;
  IF found_key IS NULL THEN
    -- Three random UUIDs: 366 bits of the server's strong randomness.
    INSERT INTO directory.keys AS kept (subject, key) VALUES (wanted, sha256(
      uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())))
    ON CONFLICT (subject) DO UPDATE SET key = coalesce(kept.key, excluded.key)
    RETURNING key INTO found_key;
  END IF;
  RETURN found_key;
END $$;
