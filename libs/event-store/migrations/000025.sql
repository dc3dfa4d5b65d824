ALTER TABLE store.numbers ENABLE ALWAYS TRIGGER append_only;
