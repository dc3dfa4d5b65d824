-- A key of a service account, as it was added; nothing once it is revoked, or when the account is not in the directory or has
-- left. Read from the log, as grants are, so that a key that was revoked is refused at the next call.
CREATE FUNCTION directory.account_key(account text, wanted text)
RETURNS json
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT added.data
  FROM store.events AS added
  WHERE added.stream = account AND split_part(added.stream, '-', 1) = 'person'
    AND added.type = 'ServiceAccountKeyAdded' AND added.data ->> 'kid' = wanted
    AND NOT EXISTS (
      SELECT FROM store.events AS later
      WHERE later.stream = account AND later.type = 'ServiceAccountKeyRevoked' AND later.data ->> 'kid' = wanted)
    AND EXISTS (
      SELECT FROM directory.people
      WHERE pseudonym = account AND kind = 'service-account' AND (leaves_on IS NULL OR leaves_on >= current_date))
$$;
