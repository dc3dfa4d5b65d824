DO $$
DECLARE
  leader text;
BEGIN
  -- A frozen leader keeps its advisory lock for as long as its session lives: so the session does not live long.
  FOREACH leader IN ARRAY ARRAY['slipway_sequencer', 'slipway_relay'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I LOGIN', leader);
      EXECUTE format('ALTER ROLE %I SET idle_session_timeout = %L', leader, '1500ms');
      EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = %L', leader, '1500ms');
      EXECUTE format('ALTER ROLE %I SET transaction_timeout = %L', leader, '1500ms');
      EXECUTE format('ALTER ROLE %I SET tcp_keepalives_idle = 1', leader);
      EXECUTE format('ALTER ROLE %I SET tcp_keepalives_interval = 1', leader);
      EXECUTE format('ALTER ROLE %I SET tcp_keepalives_count = 1', leader);
      EXECUTE format('ALTER ROLE %I SET tcp_user_timeout = %L', leader, '1500ms');
    EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
    END;
  END LOOP;
END $$;
