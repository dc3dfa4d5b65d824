CREATE INDEX deployments_v1_by_target ON deployments_v1 (service_id, environment_id, requested_at, id);
