CREATE INDEX threshold_reach_v1_by_name ON threshold_reach_v1 (name) WHERE name IS NOT NULL
