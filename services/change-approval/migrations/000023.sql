CREATE INDEX changes_v1_by_service ON changes_v1 USING gin (services);
