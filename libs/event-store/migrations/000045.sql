-- A new epoch: whoever led before is shut out. Waits for what that one has in hand.
CREATE FUNCTION store.take_lead(wanted text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  taken bigint;
BEGIN
  IF session_user <> 'slipway_' || wanted THEN
    RAISE insufficient_privilege USING MESSAGE = format('%s does not lead as %s', session_user, wanted);
  END IF;
  UPDATE store.epoch SET epoch = epoch + 1 WHERE leader = wanted RETURNING epoch INTO taken;
  RETURN taken;
END $$;
