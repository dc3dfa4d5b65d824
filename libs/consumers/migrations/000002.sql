CREATE TABLE parked_streams (
  consumer text NOT NULL,
  stream text NOT NULL,
  cause text NOT NULL CHECK (cause IN ('failed', 'unknown-type')),
  -- names and places, never a payload
  error text NOT NULL,
  attempts int NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (consumer, stream)
)
