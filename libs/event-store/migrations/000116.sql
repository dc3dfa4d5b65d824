-- Who a retained pseudonym is, for as long as it has to be known.
CREATE FUNCTION directory.look_up(wanted text) RETURNS TABLE (name text, email text, aliases text[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT retained.name, retained.email, retained.aliases FROM directory.retained
  WHERE retained.pseudonym = wanted AND retained.until > now();
END;
