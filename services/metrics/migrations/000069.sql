CREATE VIEW reporting.incidents AS
SELECT incident.id AS incident_id, incident.number,
  ARRAY(SELECT jsonb_array_elements_text(state -> 'serviceIds')) AS service_ids,
  ARRAY(SELECT service FROM reporting.services WHERE state -> 'serviceIds' ? service_id ORDER BY service) AS services,
  state ->> 'environmentId' AS environment_id, environment.environment,
  CASE
    WHEN (state -> 'canceled')::boolean THEN 'canceled'
    WHEN last ? 'resolvedAt' THEN 'resolved'
    WHEN last ? 'mitigatedAt' THEN 'restored'
    ELSE 'open'
  END AS state,
  to_timestamp((state ->> 'impactStartedAt')::float8 / 1000) AS impact_started_at,
  to_timestamp((state ->> 'detectedAt')::float8 / 1000) AS detected_at,
  to_timestamp(coalesce(last ->> 'mitigatedAt', last ->> 'resolvedAt')::float8 / 1000) AS restored_at,
  to_timestamp((last ->> 'resolvedAt')::float8 / 1000) AS resolved_at,
  jsonb_array_length(state -> 'intervals') - 1 AS reopened,
  jsonb_path_exists(causes, '$[*] ? (@.kind == "deployment" || @.kind == "change")') AS release_related,
  ARRAY(SELECT cause ->> 'deploymentId' FROM jsonb_array_elements(causes) AS cause WHERE cause ? 'deploymentId') AS caused_by_deployments,
  ARRAY(SELECT cause ->> 'changeId' FROM jsonb_array_elements(causes) AS cause WHERE cause ? 'changeId') AS caused_by_changes,
  (state -> 'isJudged')::boolean AS cause_judged,
  (state -> 'imported')::boolean AS imported,
  incident.position
FROM records_v1 AS incident
  LEFT JOIN reporting.environments AS environment ON environment.environment_id = state ->> 'environmentId'
  CROSS JOIN LATERAL (
    SELECT state -> 'intervals' -> -1, CASE WHEN (state -> 'isJudged')::boolean THEN state -> 'causes' ELSE state -> 'named' END
  ) AS told (last, causes)
WHERE category = 'incident' AND state IS NOT NULL
