DO $$
BEGIN
  REVOKE EXECUTE ON FUNCTION directory.addresses FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION directory.addresses TO slipway_notification;
END $$;
