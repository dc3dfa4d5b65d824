/**
 * The delivery report of a year by service and month as somebody would write it who has the facts in a table and an hour: not all
 * of our measures, none of their intervals, lists and questions, and each in the fewest statements.
 */
export const STRAIGHTFORWARD: Readonly<Record<string, string>> = {
  rollouts: `
    WITH runs AS (
      SELECT service_id, data ->> 'version' AS content, (data ->> 'finishedAt')::timestamptz AS finished_at,
        data ->> 'outcome' AS outcome, data ->> 'kind' AS kind, stream
      FROM metrics.facts_v3 WHERE type = 'DeploymentImported' AND (data ->> 'tookTraffic')::boolean
    ), causes AS (
      SELECT DISTINCT 'deployment-' || (cause -> 'record' ->> 'id') AS stream
      FROM metrics.facts_v3, jsonb_array_elements(data -> 'namedCauses') AS cause WHERE type = 'IncidentImported'
    ), rollouts AS (
      SELECT service_id, content, max(finished_at) AS finished_at, bool_or(kind = 'hotfix') AS is_hotfix,
        bool_or(outcome = 'rolled-back') AS is_rolled_back,
        bool_or(outcome IN ('failed', 'rolled-back') OR causes.stream IS NOT NULL) AS is_failed
      FROM runs LEFT JOIN causes USING (stream)
      GROUP BY service_id, content
    )
    SELECT service_id, date_trunc('month', finished_at, 'UTC') AS month, count(*) AS finished,
      count(*) FILTER (WHERE is_failed) AS failed, count(*) FILTER (WHERE is_rolled_back) AS rolled_back,
      count(*) FILTER (WHERE is_hotfix) AS hotfixes, count(DISTINCT date_trunc('day', finished_at, 'UTC')) AS days
    FROM rollouts WHERE finished_at >= '2025-01-01Z' AND finished_at < '2026-01-01Z'
    GROUP BY 1, 2`,
  leadTime: `
    WITH first AS (
      SELECT service_id, commit ->> 'sha' AS sha, min((commit ->> 'committedAt')::timestamptz) AS committed_at,
        min((data ->> 'finishedAt')::timestamptz) AS finished_at
      FROM metrics.facts_v3, jsonb_array_elements(data -> 'commits') AS commit
      WHERE type = 'DeploymentImported' AND (data ->> 'tookTraffic')::boolean
      GROUP BY 1, 2
    )
    SELECT service_id, date_trunc('month', finished_at, 'UTC') AS month, count(*),
      percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY extract(epoch FROM finished_at - committed_at)),
      avg(extract(epoch FROM finished_at - committed_at))
    FROM first WHERE finished_at >= '2025-01-01Z' AND finished_at < '2026-01-01Z'
    GROUP BY 1, 2`,
  restoration: `
    SELECT about.id AS service_id, date_trunc('month', (data ->> 'mitigatedAt')::timestamptz, 'UTC') AS month,
      jsonb_array_length(data -> 'namedCauses') > 0 AS is_release_related, count(*),
      percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (
        ORDER BY extract(epoch FROM (data ->> 'mitigatedAt')::timestamptz - (data ->> 'detectedAt')::timestamptz)),
      percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (
        ORDER BY extract(epoch FROM (data ->> 'resolvedAt')::timestamptz - (data ->> 'detectedAt')::timestamptz)),
      percentile_cont(ARRAY[0.5, 0.9]) WITHIN GROUP (
        ORDER BY extract(epoch FROM (data ->> 'mitigatedAt')::timestamptz - (data ->> 'impactStartedAt')::timestamptz))
    FROM metrics.facts_v3, jsonb_array_elements_text(data -> 'serviceIds') AS about (id)
    WHERE type = 'IncidentImported' AND data ->> 'mitigatedAt' >= '2025-01-01' AND data ->> 'mitigatedAt' < '2026-01-01'
    GROUP BY 1, 2, 3`,
};
