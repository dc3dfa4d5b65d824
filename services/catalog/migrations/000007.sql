CREATE INDEX role_grants_v1_by_person ON role_grants_v1 (person, role)
