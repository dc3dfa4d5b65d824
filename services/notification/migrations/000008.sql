-- The bytes that are sent, the same at every attempt and to every subscriber.
CREATE TABLE messages_v1 (
  event_id uuid PRIMARY KEY,
  position bigint NOT NULL,
  type text NOT NULL,
  stream text NOT NULL,
  body text NOT NULL,
  digest text NOT NULL
)
