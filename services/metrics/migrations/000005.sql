CREATE INDEX facts_v2_service ON facts_v2 (category, service_id, stream) WHERE service_id IS NOT NULL
