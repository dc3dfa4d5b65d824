CREATE INDEX records_v1_by_close ON records_v1 (to_timestamp((state ->> 'closedAt')::float8 / 1000)) WHERE category = 'change'
