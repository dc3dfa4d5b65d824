CREATE INDEX alerts_v1_by_state ON alerts_v1 (state, reported_at, id);
