CREATE INDEX applications_v1_by_name ON applications_v1 (name, id)
