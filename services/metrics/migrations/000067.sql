CREATE VIEW reporting.environments AS
SELECT id AS environment_id, state ->> 'name' AS environment, state ->> 'tier' AS tier, state ->> 'region' AS region, position
FROM records_v1 WHERE category = 'environment' AND state IS NOT NULL
