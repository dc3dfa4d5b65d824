CREATE INDEX facts_v1_service ON facts_v1 (category, service_id, stream) WHERE service_id IS NOT NULL
