CREATE INDEX timeline_places_v1_by_service ON timeline_places_v1 USING gin (service_ids)
