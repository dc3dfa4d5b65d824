DO $$
DECLARE
  service text;
BEGIN
  -- Tables are made by whoever migrates; a service reads and writes its own, and no other's.
  FOREACH service IN ARRAY ARRAY['catalog', 'planning', 'evidence', 'change_approval', 'deployment_execution',
    'incident_correlation', 'metrics', 'audit', 'notification', 'relay'] LOOP
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', service);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', service, 'slipway_' || service);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %I',
      service, 'slipway_' || service);
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE ON SEQUENCES TO %I',
      service, 'slipway_' || service);
  END LOOP;
END $$;
