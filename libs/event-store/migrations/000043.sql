CREATE FUNCTION store.numbered(wanted text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT stream FROM store.numbers WHERE number = wanted LIMIT 1);
