CREATE INDEX known_incidents_v1_by_service ON known_incidents_v1 USING gin (service_ids) WHERE open
