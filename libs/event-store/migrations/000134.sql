DO $$
BEGIN
  REVOKE EXECUTE ON FUNCTION directory.account_key FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION directory.account_key TO slipway_service;
END $$;
