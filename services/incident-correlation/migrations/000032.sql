CREATE INDEX reviews_v1_by_incident ON reviews_v1 (incident_id)
