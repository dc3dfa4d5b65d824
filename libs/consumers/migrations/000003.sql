CREATE TABLE parked_events (
  consumer text NOT NULL,
  stream text NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (consumer, stream, position),
  FOREIGN KEY (consumer, stream) REFERENCES parked_streams
)
