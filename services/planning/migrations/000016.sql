CREATE INDEX catalog_v1_by_team ON catalog_v1 (team) WHERE team IS NOT NULL;
