CREATE INDEX records_v1_by_detection ON records_v1 (to_timestamp((state ->> 'detectedAt')::float8 / 1000)) WHERE category = 'incident'
