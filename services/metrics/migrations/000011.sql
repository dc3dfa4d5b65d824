CREATE INDEX facts_v3_service ON facts_v3 (service_id, stream) WHERE service_id IS NOT NULL
