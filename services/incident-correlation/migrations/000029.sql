CREATE INDEX timeline_v1_by_time ON timeline_v1 (occurred_at, position)
