ALTER TABLE store.event_log ENABLE ALWAYS TRIGGER append_only;
