-- Called first in every transaction in which a leader writes. SW010: another one leads.
CREATE FUNCTION store.hold_lead(held text, mine bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM store.epoch WHERE leader = held AND epoch = mine FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION USING ERRCODE = 'SW010', MESSAGE = format('another %s leads', held);
  END IF;
END $$;
