-- Whom a pseudonym or an alias means, and the other pseudonyms under which events know this person. Nobody is made.
CREATE FUNCTION directory.subject(reference text) RETURNS TABLE (pseudonym text, also_known_as text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT found.pseudonym, ARRAY(
    SELECT DISTINCT first_pseudonym FROM directory.aliases
    WHERE aliases.pseudonym = found.pseudonym AND first_pseudonym <> found.pseudonym ORDER BY 1)
  FROM (SELECT coalesce(
    (SELECT aliases.pseudonym FROM directory.aliases WHERE alias = reference),
    (SELECT people.pseudonym FROM directory.people WHERE people.pseudonym = reference),
    (SELECT aliases.pseudonym FROM directory.aliases WHERE first_pseudonym = reference ORDER BY alias LIMIT 1)
  ) AS pseudonym) AS found
  WHERE found.pseudonym IS NOT NULL;
END;
