ALTER TABLE store.streams ENABLE ALWAYS TRIGGER kept_for_ever;
