CREATE TABLE entries_v1 (
  position bigint PRIMARY KEY,
  stream text NOT NULL,
  record_id text NOT NULL,
  version integer NOT NULL,
  event_id uuid NOT NULL,
  type text NOT NULL,
  actor text NOT NULL,
  recorded_at timestamptz NOT NULL,
  causation_id text,
  correlation_id text NOT NULL,
  data json NOT NULL
)
