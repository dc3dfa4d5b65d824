-- Answers the other pseudonyms under which events may know this person. SW020: an alias belongs to somebody registered.
CREATE FUNCTION directory.register_person(
  person text, person_kind text, person_name text, person_email text, person_leaves_on date, person_aliases text[]
) RETURNS text[]
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  taken text;
BEGIN
  SELECT alias INTO taken FROM directory.aliases JOIN directory.people USING (pseudonym)
  WHERE alias = ANY (person_aliases) AND pseudonym <> person LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'SW020', MESSAGE = 'an alias belongs to somebody else', DETAIL = taken;
  END IF;
  INSERT INTO directory.people (pseudonym, kind, name, email, leaves_on)
  VALUES (person, person_kind, person_name, person_email, person_leaves_on)
  ON CONFLICT (pseudonym) DO UPDATE
    SET kind = excluded.kind, name = excluded.name, email = excluded.email, leaves_on = excluded.leaves_on;
  INSERT INTO directory.aliases (alias, pseudonym, first_pseudonym)
  SELECT DISTINCT alias, person, person FROM unnest(person_aliases) AS alias ORDER BY alias
  ON CONFLICT (alias) DO UPDATE SET pseudonym = person;
  RETURN (
    SELECT coalesce(array_agg(DISTINCT first_pseudonym ORDER BY first_pseudonym), '{}') FROM directory.aliases
    WHERE pseudonym = person AND first_pseudonym <> person
  );
END $$;
