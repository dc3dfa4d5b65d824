CREATE INDEX subjects_v1_service ON subjects_v1 (service_id, stream)
