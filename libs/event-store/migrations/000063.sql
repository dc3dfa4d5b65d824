-- NULL: everybody.
CREATE FUNCTION directory.people(wanted text[] DEFAULT NULL)
RETURNS TABLE (pseudonym text, kind text, name text, email text, leaves_on text, aliases text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT people.pseudonym, people.kind, people.name, people.email, people.leaves_on::text,
    ARRAY(SELECT alias FROM directory.aliases WHERE aliases.pseudonym = people.pseudonym ORDER BY alias)
  FROM directory.people WHERE wanted IS NULL OR people.pseudonym = ANY (wanted)
  ORDER BY people.pseudonym;
END;
