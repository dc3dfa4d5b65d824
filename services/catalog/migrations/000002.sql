CREATE INDEX services_v1_by_name ON services_v1 (name, id)
