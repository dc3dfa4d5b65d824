-- Where people get mail, for the one service that sends it. Nobody who has left, was erased, or never said.
CREATE FUNCTION directory.addresses(wanted text[]) RETURNS TABLE (pseudonym text, address text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT each.pseudonym, coalesce(people.email, (
    SELECT substring(alias FROM length('email:') + 1) FROM directory.aliases
    WHERE aliases.pseudonym = each.known AND alias LIKE 'email:%' ORDER BY alias LIMIT 1))
  FROM (
    -- An event may know them by what they were called before they were registered.
    SELECT named.pseudonym, coalesce((
      SELECT aliases.pseudonym FROM directory.aliases WHERE aliases.first_pseudonym = named.pseudonym LIMIT 1
    ), named.pseudonym) AS known
    FROM unnest(wanted) AS named (pseudonym)
  ) AS each
  LEFT JOIN directory.people ON people.pseudonym = each.known
  WHERE people.leaves_on IS NULL OR people.leaves_on >= current_date;
END;
