INSERT INTO store.incarnation DEFAULT VALUES;
