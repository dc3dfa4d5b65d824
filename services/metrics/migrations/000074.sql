-- The records that figures of a service follow from, folded and packed: counted again with what came since, not from the beginning.
CREATE TABLE service_records_v1 (
  service_id text PRIMARY KEY,
  fold int NOT NULL,
  position bigint NOT NULL,
  records bytea STORAGE EXTERNAL NOT NULL
)
