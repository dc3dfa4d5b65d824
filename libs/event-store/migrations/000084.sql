CREATE OR REPLACE FUNCTION store.incarnation() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN (SELECT id::text FROM store.incarnation ORDER BY nth DESC LIMIT 1);
