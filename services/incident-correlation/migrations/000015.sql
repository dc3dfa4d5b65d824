CREATE INDEX alerts_v1_by_report ON alerts_v1 (reported_at DESC, id)
