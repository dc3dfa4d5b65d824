CREATE INDEX pipeline_runs_v1_by_state ON pipeline_runs_v1 (state, reported_at, id);
