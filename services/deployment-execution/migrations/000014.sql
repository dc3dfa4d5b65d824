CREATE INDEX deployments_v1_by_label ON deployments_v1 USING gin (labels);
