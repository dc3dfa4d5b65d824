-- The schema of the service that asks; by the role of its session, so that none reaches another's.
CREATE FUNCTION store.own_schema() RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  own text := substr(session_user, length('slipway_') + 1);
BEGIN
  IF session_user NOT LIKE 'slipway\_%' OR to_regnamespace(quote_ident(own || '_rebuild')) IS NULL THEN
    RAISE insufficient_privilege USING MESSAGE = format('%s is not the role of a service', session_user);
  END IF;
  RETURN own;
END $$;
