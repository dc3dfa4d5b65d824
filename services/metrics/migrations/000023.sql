-- The figures of a service in a month; `now_at` is set while the month was not over when they were counted.
CREATE TABLE cells_v1 (
  zone text NOT NULL,
  service_id text NOT NULL,
  period text NOT NULL,
  from_at timestamptz NOT NULL,
  to_at timestamptz NOT NULL,
  now_at timestamptz,
  measures json NOT NULL,
  PRIMARY KEY (zone, service_id, period)
)
