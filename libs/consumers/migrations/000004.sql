CREATE TABLE skips (
  consumer text NOT NULL,
  position bigint NOT NULL,
  stream text NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, position)
)
