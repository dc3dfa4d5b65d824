CREATE FUNCTION store.numbers_of(wanted text[]) RETURNS TABLE (stream text, number text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
  SELECT numbers.stream, numbers.number FROM store.numbers WHERE numbers.stream = ANY (wanted);
END;
