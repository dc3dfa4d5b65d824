-- The services that teams own and that applications consist of, by what was said last.
CREATE FUNCTION directory.services_of(teams text[], applications text[])
RETURNS TABLE (part text, service_id text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT 'team ' || (said.data ->> 'ownerTeam'), substr(said.stream, length('service-') + 1)
  FROM store.events AS said
  WHERE said.type IN ('ServiceRegistered', 'ServiceUpdated') AND said.data ->> 'ownerTeam' = ANY (teams)
    AND split_part(said.stream, '-', 1) = 'service'
    AND NOT EXISTS (
      SELECT FROM store.events AS later
      WHERE later.stream = said.stream AND later.version > said.version
        AND later.type IN ('ServiceRegistered', 'ServiceUpdated'))
  UNION ALL
  SELECT 'application ' || wanted, member
  FROM unnest(applications) AS wanted
  CROSS JOIN LATERAL (
    SELECT data FROM store.events
    WHERE stream = 'application-' || wanted AND type IN ('ApplicationRegistered', 'ApplicationUpdated')
    ORDER BY version DESC LIMIT 1
  ) AS said
  CROSS JOIN LATERAL json_array_elements_text(said.data -> 'serviceIds') AS member
$$;
