CREATE INDEX environments_v1_by_name ON environments_v1 (name, id)
