CREATE INDEX incidents_v1_by_service ON incidents_v1 USING gin (service_ids)
