CREATE TRIGGER kept_for_ever BEFORE UPDATE OF stream, category OR DELETE OR TRUNCATE ON store.streams
  FOR EACH STATEMENT EXECUTE FUNCTION store.refuse_change();
