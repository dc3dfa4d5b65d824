CREATE TABLE replays (
  consumer text NOT NULL,
  stream text NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, stream, at)
)
