DO $$
BEGIN
  REVOKE EXECUTE ON FUNCTION store.number_each FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION store.number_each TO slipway_service;
END $$;
