CREATE INDEX problems_v1_by_incident ON problems_v1 USING gin (incident_ids)
