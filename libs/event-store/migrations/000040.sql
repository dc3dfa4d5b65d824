CREATE FUNCTION store.position_of(wanted text, wanted_version int) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off
RETURN (SELECT position FROM store.event_log WHERE stream = wanted AND version = wanted_version);
