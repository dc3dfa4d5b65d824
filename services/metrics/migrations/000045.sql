CREATE INDEX metric_thresholds_v1_by_set_at ON metric_thresholds_v1 (set_at DESC, id)
