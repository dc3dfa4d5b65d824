DO $$
DECLARE
  leader text;
BEGIN
  -- With the 1.5 s that they had, a new leader after a frozen one came too close to the two seconds that are promised.
  FOREACH leader IN ARRAY ARRAY['slipway_sequencer', 'slipway_relay'] LOOP
    EXECUTE format('ALTER ROLE %I SET idle_session_timeout = %L', leader, '1s');
    EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', leader, '1s');
  END LOOP;
END $$;
