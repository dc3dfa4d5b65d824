DO $$
BEGIN
  REVOKE EXECUTE ON FUNCTION directory.subject, directory.erase_person, directory.look_up FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION directory.subject, directory.look_up TO slipway_audit;
  GRANT EXECUTE ON FUNCTION directory.erase_person TO slipway_catalog;
END $$;
