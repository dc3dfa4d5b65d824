CREATE TABLE releases_test (id text PRIMARY KEY, title text NOT NULL);
