CREATE INDEX known_services_v1_by_team ON known_services_v1 (owner_team);
