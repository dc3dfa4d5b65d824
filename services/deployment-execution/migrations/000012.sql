CREATE INDEX pipeline_runs_v1_latest ON pipeline_runs_v1 (reported_at DESC, id DESC)
