-- The sequence of a prefix is made with its category, by the migration.
CREATE FUNCTION store.number(numbered_stream text, prefix text) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  given text;
BEGIN
  PERFORM store.refuse_foreign(ARRAY[numbered_stream]);
  SELECT number INTO given FROM store.numbers WHERE stream = numbered_stream;
  IF FOUND THEN RETURN given; END IF;
  INSERT INTO store.numbers (stream, number)
  VALUES (numbered_stream, format('%s-%s', prefix, nextval(format('store.%I', 'numbers_' || lower(prefix))::regclass)))
  ON CONFLICT DO NOTHING;
  SELECT number INTO given FROM store.numbers WHERE stream = numbered_stream;
  RETURN given;
END $$;
