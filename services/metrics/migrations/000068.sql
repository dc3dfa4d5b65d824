CREATE VIEW reporting.deployments AS
SELECT run.id AS deployment_id, run.number,
  state ->> 'serviceId' AS service_id, service.service, service.team,
  state ->> 'environmentId' AS environment_id, environment.environment,
  coalesce(state ->> 'region', environment.region) AS region,
  state ->> 'kind' AS kind,
  CASE
    WHEN state ? 'rolledBack' THEN 'rolled-back'
    WHEN (state -> 'failed')::boolean THEN 'failed'
    WHEN (state -> 'succeeded')::boolean THEN 'succeeded'
    WHEN state ? 'endedAt' THEN 'canceled'
    WHEN state ? 'startedAt' THEN 'running'
    ELSE 'requested'
  END AS state,
  state ->> 'rolledBack' AS rolled_back_for,
  to_timestamp((state ->> 'startedAt')::float8 / 1000) AS started_at,
  to_timestamp((state ->> 'trafficAt')::float8 / 1000) AS took_traffic_at,
  to_timestamp((state ->> 'endedAt')::float8 / 1000) AS finished_at,
  state ->> 'trafficIs' AS traffic_is,
  state ->> 'changeId' AS change_id, state ->> 'releaseId' AS release_id, state ->> 'undoes' AS undoes,
  state ->> 'content' AS content,
  (state -> 'imported')::boolean AS imported,
  run.position
FROM records_v1 AS run
  LEFT JOIN reporting.services AS service ON service.service_id = state ->> 'serviceId'
  LEFT JOIN reporting.environments AS environment ON environment.environment_id = state ->> 'environmentId'
WHERE category = 'deployment' AND state IS NOT NULL
