DO $$
BEGIN
  -- Views read with the rights of their owner: whoever has this role sees them, and nothing that they are made of.
  CREATE SCHEMA IF NOT EXISTS reporting;
  GRANT USAGE ON SCHEMA reporting TO slipway_reporting;
  ALTER DEFAULT PRIVILEGES IN SCHEMA reporting GRANT SELECT ON TABLES TO slipway_reporting;
END $$;
