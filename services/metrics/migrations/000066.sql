CREATE VIEW reporting.services AS
SELECT id AS service_id, state ->> 'name' AS service, state ->> 'ownerTeam' AS team, position
FROM records_v1 WHERE category = 'service' AND state IS NOT NULL
