DO $$
DECLARE
  service text;
BEGIN
  -- Where the new version of a view is filled, beside the one that is read. Tables come and go by the functions below only.
  FOREACH service IN ARRAY ARRAY['catalog', 'planning', 'evidence', 'change_approval', 'deployment_execution',
    'incident_correlation', 'metrics', 'audit', 'notification'] LOOP
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', service || '_rebuild');
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', service || '_rebuild', 'slipway_' || service);
  END LOOP;
END $$;
