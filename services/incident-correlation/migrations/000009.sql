CREATE INDEX known_incidents_v1_by_group ON known_incidents_v1 USING gin (group_keys)
