DO $$
DECLARE
  service text;
BEGIN
  -- Roles belong to the cluster: another database may have made them, or be making them now.
  BEGIN
    CREATE ROLE slipway_service NOLOGIN;
  EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
  END;
  FOREACH service IN ARRAY ARRAY['catalog', 'planning', 'evidence', 'change_approval', 'deployment_execution',
    'incident_correlation', 'metrics', 'audit', 'notification'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I LOGIN IN ROLE slipway_service', 'slipway_' || service);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
END $$;
