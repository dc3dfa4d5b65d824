ALTER TABLE store.events ENABLE ALWAYS TRIGGER append_only;
