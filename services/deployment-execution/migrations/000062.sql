CREATE INDEX deployments_v1_by_release ON deployments_v1 (release_id, requested_at, id);
