-- The life of this server and database for which the log was found to hold all that Kafka has. At most one row.
CREATE TABLE store.compared (
  life text PRIMARY KEY,
  compared_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
