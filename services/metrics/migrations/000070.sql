CREATE VIEW reporting.changes AS
SELECT change.id AS change_id, change.number,
  ARRAY(SELECT jsonb_array_elements_text(state -> 'serviceIds')) AS service_ids,
  ARRAY(SELECT service FROM reporting.services WHERE state -> 'serviceIds' ? service_id ORDER BY service) AS services,
  ARRAY(SELECT jsonb_array_elements_text(state -> 'environmentIds')) AS environment_ids,
  ARRAY(SELECT jsonb_array_elements_text(state -> 'releaseIds')) AS release_ids,
  state ->> 'model' AS model,
  (state -> 'breakGlass')::boolean AS break_glass,
  CASE
    WHEN state ? 'closedAt' THEN 'closed'
    WHEN state ? 'canceledAt' THEN 'canceled'
    WHEN state ? 'implementedAt' THEN 'implementing'
    WHEN state ? 'approvedAt' THEN 'approved'
    ELSE 'open'
  END AS state,
  state ->> 'closeCode' AS close_code,
  (state -> 'isUnauthorized')::boolean AS unauthorized,
  to_timestamp((state ->> 'requestedAt')::float8 / 1000) AS approval_requested_at,
  to_timestamp((state ->> 'approvedAt')::float8 / 1000) AS approved_at,
  (state -> 'approvals')::int AS approvals,
  to_timestamp((state ->> 'implementedAt')::float8 / 1000) AS implementation_started_at,
  to_timestamp((state ->> 'closedAt')::float8 / 1000) AS closed_at,
  to_timestamp((state ->> 'canceledAt')::float8 / 1000) AS canceled_at,
  (state -> 'imported')::boolean AS imported,
  change.position
FROM records_v1 AS change
WHERE category = 'change' AND state IS NOT NULL
