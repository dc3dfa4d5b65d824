-- When history of a day (UTC) was imported last.
CREATE TABLE imported_days_v1 (day date PRIMARY KEY, recorded_at timestamptz NOT NULL)
