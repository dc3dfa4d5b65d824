CREATE INDEX records_v1_by_finish ON records_v1 (to_timestamp((state ->> 'endedAt')::float8 / 1000)) WHERE category = 'deployment'
