CREATE INDEX deployments_v1_by_state ON deployments_v1 (state, requested_at, id);
