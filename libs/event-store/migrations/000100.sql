DO $$
BEGIN
  REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA store FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION store.begin_rebuild, store.index_rebuild, store.finish_rebuild, store.abandon_rebuild, store.lag,
    store.read_stretch
    TO slipway_service;
END $$;
