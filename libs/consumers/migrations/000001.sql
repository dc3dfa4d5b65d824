CREATE TABLE watermarks (
  consumer text NOT NULL,
  topic text NOT NULL,
  partition int NOT NULL,
  incarnation text NOT NULL,
  position bigint NOT NULL,
  moved_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, topic, partition)
)
