CREATE TABLE closed_periods_v1 (
  period text PRIMARY KEY,
  zone text NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  provisional_days integer NOT NULL,
  closed_at timestamptz NOT NULL,
  position bigint NOT NULL
)
