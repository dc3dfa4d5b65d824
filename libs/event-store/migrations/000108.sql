-- The grants of a pseudonym that were not revoked; none of a person who has left. Only roleGrant streams count: whoever may
-- append to another category could write an event of that name there.
CREATE FUNCTION directory.grants_of(holder text)
RETURNS TABLE (id text, granted json)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT substr(given.stream, length('roleGrant-') + 1), given.data
  FROM store.events AS given
  WHERE given.type = 'RoleGranted' AND given.data ->> 'person' = holder
    AND split_part(given.stream, '-', 1) = 'roleGrant'
    AND NOT EXISTS (SELECT FROM store.events AS later WHERE later.stream = given.stream AND later.type = 'RoleRevoked')
    AND NOT EXISTS (SELECT FROM directory.people WHERE pseudonym = holder AND leaves_on < current_date)
$$;
