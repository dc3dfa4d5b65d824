CREATE INDEX deployments_v1_latest ON deployments_v1 (requested_at DESC, id DESC)
