DO $$
BEGIN
  REVOKE EXECUTE ON FUNCTION directory.grants_of, directory.services_of FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION directory.grants_of, directory.services_of TO slipway_service;
END $$;
