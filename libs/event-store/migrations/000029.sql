ALTER TABLE store.incarnation ENABLE ALWAYS TRIGGER kept_for_ever;
