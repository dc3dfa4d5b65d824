-- Numbers of several streams, in their order.
CREATE FUNCTION store.number_each(numbered_streams text[], prefixes text[]) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM store.refuse_foreign(numbered_streams);
  INSERT INTO store.numbers (stream, number)
  SELECT asked.stream,
    format('%s-%s', asked.prefix, nextval(format('store.%I', 'numbers_' || lower(asked.prefix))::regclass))
  FROM (SELECT DISTINCT stream, prefix FROM unnest(numbered_streams, prefixes) AS each (stream, prefix)) AS asked
  WHERE NOT EXISTS (SELECT FROM store.numbers AS given WHERE given.stream = asked.stream)
  ORDER BY asked.stream
  ON CONFLICT DO NOTHING;
  RETURN QUERY
  SELECT given.number FROM unnest(numbered_streams) WITH ORDINALITY AS asked (stream, nth)
  JOIN store.numbers AS given ON given.stream = asked.stream ORDER BY asked.nth;
END $$;
