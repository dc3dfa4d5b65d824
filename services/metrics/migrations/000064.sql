DO $$
BEGIN
  -- Roles belong to the cluster: another database may have made it, or be making it now. Nobody logs in as it: it is granted.
  CREATE ROLE slipway_reporting NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
