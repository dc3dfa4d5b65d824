DO $$
BEGIN
  REVOKE EXECUTE ON FUNCTION store.read_events FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION store.read_events TO slipway_service;
END $$;
