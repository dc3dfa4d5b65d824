CREATE INDEX deployments_v1_by_word ON deployments_v1 USING gin (to_tsvector('simple', translate(coalesce(artifact_version, ''), '/', ' ')));
