CREATE INDEX touches_v1_service ON touches_v1 (service_id)
