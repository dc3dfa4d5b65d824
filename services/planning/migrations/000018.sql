CREATE INDEX releases_v1_by_target_service ON releases_v1 USING gin (target_services);
