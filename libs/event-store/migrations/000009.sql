-- What is committed and has no position yet: one row an append call, at most 100 events a row. No index: rows come and go by scan.
CREATE TABLE store.pending (
  seq bigint NOT NULL DEFAULT nextval('store.pending_seq'),
  streams text[] NOT NULL,
  versions int[] NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);
