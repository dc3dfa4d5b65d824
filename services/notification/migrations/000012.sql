CREATE TABLE attempts_v1 (
  delivery uuid NOT NULL,
  at timestamptz NOT NULL,
  duration_ms int NOT NULL,
  -- Of the answer; none when there was none.
  status int,
  error text,
  -- SHA-256 of what the receiver answered, as far as it was read.
  answer_digest text,
  PRIMARY KEY (delivery, at)
)
