-- Drops everything that says who somebody is, and what opens texts about him: with the link, those of his erasure too. With
-- an instant, what identifies him is set apart until then. Answers what is gone by now. Once or many times: the same.
CREATE FUNCTION directory.erase_person(erased text, link_until timestamptz) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  entry directory.people;
  known_as text[];
  gone text[];
BEGIN
  DELETE FROM directory.people WHERE pseudonym = erased RETURNING * INTO entry;
  WITH deleted AS (DELETE FROM directory.aliases WHERE pseudonym = erased RETURNING alias)
  SELECT coalesce(array_agg(alias ORDER BY alias), '{}') INTO known_as FROM deleted;
  INSERT INTO directory.keys (subject, key, erased_at)
  SELECT about, NULL, now()
  FROM unnest(ARRAY[erased, CASE WHEN link_until IS NULL THEN 'erasure-' || substr(erased, length('person-') + 1) END]) AS about
  WHERE about IS NOT NULL
  ON CONFLICT (subject) DO UPDATE SET key = NULL, erased_at = now();

  IF link_until IS NULL THEN
    DELETE FROM directory.retained WHERE pseudonym = erased;
  ELSIF entry.pseudonym IS NOT NULL OR cardinality(known_as) > 0 THEN
    -- Accounts identify him only where no name does.
    INSERT INTO directory.retained (pseudonym, name, email, aliases, until)
    VALUES (erased, entry.name, entry.email, CASE WHEN entry.name IS NULL THEN known_as ELSE '{}' END, link_until)
    ON CONFLICT (pseudonym) DO UPDATE SET until = excluded.until;
  ELSE
    UPDATE directory.retained SET until = link_until WHERE pseudonym = erased;
  END IF;

  gone := array_remove(ARRAY[
    CASE WHEN cardinality(known_as) > 0 THEN 'aliases' END,
    CASE WHEN entry.pseudonym IS NOT NULL THEN 'entry' END,
    'keys',
    CASE WHEN link_until IS NULL THEN 'link' END
  ], NULL);
  INSERT INTO directory.erasures AS kept (pseudonym, dropped) VALUES (erased, gone)
  ON CONFLICT (pseudonym) DO UPDATE SET dropped = ARRAY(SELECT unnest(kept.dropped || excluded.dropped) AS each GROUP BY 1 ORDER BY 1)
  RETURNING dropped INTO gone;
  RETURN gone;
END $$;
