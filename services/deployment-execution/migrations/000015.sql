CREATE INDEX deployments_v1_by_ref ON deployments_v1 USING gin (refs);
