CREATE INDEX releases_v1_by_artifact_service ON releases_v1 USING gin (artifact_services);
