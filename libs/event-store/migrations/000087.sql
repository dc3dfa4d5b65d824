-- Whether the log was compared in this life. `now`: it just was.
CREATE FUNCTION store.compared(now boolean) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF compared.now THEN
    DELETE FROM store.compared WHERE life <> store.life();
    INSERT INTO store.compared (life) VALUES (store.life()) ON CONFLICT DO NOTHING;
  END IF;
  RETURN EXISTS (SELECT FROM store.compared WHERE life = store.life());
END $$;
