CREATE TABLE instructions (
  key text PRIMARY KEY,
  seq bigint GENERATED ALWAYS AS IDENTITY,
  process text NOT NULL,
  name text NOT NULL,
  target text NOT NULL,
  command json NOT NULL,
  -- the event that it answers
  cause_id text NOT NULL,
  cause_stream text NOT NULL,
  cause_version int NOT NULL,
  correlation_id text NOT NULL,
  traceparent text,
  occurred_at text NOT NULL,
  actor text NOT NULL,
  on_behalf_of text,
  -- null: at once
  due_at timestamptz,
  status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'done', 'rejected', 'canceled')),
  code text,
  reason text,
  attempts int NOT NULL DEFAULT 0,
  error text,
  try_after timestamptz,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  settled_at timestamptz
)
