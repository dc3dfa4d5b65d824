-- Every rebuild that was asked for. Its progress stands in watermarks, under the consumer's name and @rebuild.
CREATE TABLE rebuilds (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  consumer text NOT NULL,
  status text NOT NULL DEFAULT 'asked' CHECK (status IN ('asked', 'running', 'canceling', 'canceled', 'failed', 'done')),
  actor text NOT NULL,
  reason text NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at timestamptz,
  -- of the log that is read
  incarnation text,
  -- skips of the consumer when it began: another one since, and it begins again
  skips int,
  indexed boolean NOT NULL DEFAULT false,
  canceled_by text,
  cancel_reason text,
  error text,
  -- of the switch
  position bigint,
  ended_at timestamptz
)
