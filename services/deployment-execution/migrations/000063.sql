CREATE INDEX deployments_v1_by_change ON deployments_v1 (change_id, requested_at, id);
