DO $$
BEGIN
  REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA store FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION store.sequence, store.compared TO slipway_sequencer;
  GRANT EXECUTE ON FUNCTION store.read_published TO slipway_relay;
END $$;
