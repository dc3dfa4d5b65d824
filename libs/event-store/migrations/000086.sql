-- Another one whenever an older state can have been put in place: the server was started, the database or the log was made
-- anew, the log was given another incarnation. A row of store.compared that came back with a backup is of another life.
CREATE FUNCTION store.life() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
RETURN concat_ws('/', store.incarnation(), extract(epoch FROM pg_postmaster_start_time()),
  (SELECT oid FROM pg_database WHERE datname = current_database()),
  'store.event_log'::regclass::oid, pg_relation_filenode('store.event_log'));
