CREATE INDEX teams_v1_by_name ON teams_v1 (name, id)
