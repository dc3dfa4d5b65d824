import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { machineMs } from './clock.ts';
import { query } from './stage.ts';

/** How much history there is. */
export type Amounts = Readonly<{ services: number; deployments: number; incidents: number }>;

/** Three years until the end of 2025, so that the year that is asked for is a whole one. */
const FROM = `timestamptz '2023-01-01T00:00:00Z'`;
const SPAN = `interval '1095 days'`;

const iso = (instant: string): string => `to_char((${instant}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const DEPLOYMENTS = ({ services, deployments }: Amounts): string => `
  SELECT 'deployment-d' || n AS stream, 1 AS version, 1 AS position, 'deployment' AS category,
    'DeploymentImported' AS type, 'service-' || n % ${services} AS service_id,
    jsonb_build_object(
      'kind', CASE WHEN n % 19 = 0 THEN 'hotfix' ELSE 'planned' END, 'serviceId', 'service-' || n % ${services},
      'environmentId', 'environment-0', 'production', true, 'digests', jsonb_build_array(), 'version', '1.' || n,
      'commits', jsonb_build_array(
        jsonb_build_object('sha', md5('a' || n), 'committedAt', ${iso(`at - interval '1 hour' * (n % 71)`)}),
        jsonb_build_object('sha', md5('b' || n), 'committedAt', ${iso(`at - interval '1 hour' * (n % 173)`)})),
      'startedAt', ${iso('at')}, 'finishedAt', ${iso(`at + interval '1 second' * (60 + n % 1800)`)},
      'outcome', CASE WHEN n % 23 = 0 THEN 'failed' WHEN n % 41 = 0 THEN 'rolled-back' ELSE 'succeeded' END,
      'tookTraffic', true, 'occurredAt', ${iso('at')}, 'recordedAt', ${iso(`at + interval '1 hour'`)}) AS data
  FROM generate_series(1, ${deployments}) AS n, LATERAL (SELECT ${FROM} + ${SPAN} * (n::float8 / ${deployments + 1}) AS at) AS t`;

// Every second one names a deployment of its service of the hours before it as its cause.
const INCIDENTS = ({ services, deployments, incidents }: Amounts): string => `
  SELECT 'incident-i' || n AS stream, 1 AS version, 1 AS position, 'incident' AS category, 'IncidentImported' AS type,
    NULL::text AS service_id,
    jsonb_build_object(
      'serviceIds', jsonb_build_array('service-' || deployment % ${services}),
      'impactStartedAt', ${iso('at')}, 'detectedAt', ${iso(`at + interval '1 second' * (n % 900)`)},
      'mitigatedAt', ${iso(`at + interval '1 second' * (900 + n % 14400)`)},
      'resolvedAt', ${iso(`at + interval '1 second' * (15300 + n % 7200)`)},
      'namedCauses', CASE WHEN n % 2 = 0 THEN jsonb_build_array(
        jsonb_build_object('kind', 'deployment', 'record', jsonb_build_object('id', 'd' || deployment)))
        ELSE '[]'::jsonb END,
      'occurredAt', ${iso('at')}, 'recordedAt', ${iso(`at + interval '1 hour'`)}) AS data
  FROM generate_series(1, ${incidents}) AS n,
    LATERAL (SELECT 1 + (n::bigint * ${Math.floor(deployments / incidents)}) % ${deployments} AS deployment) AS d,
    LATERAL (SELECT ${FROM} + ${SPAN} * (deployment::float8 / ${deployments + 1}) + interval '2 hours' AS at) AS t`;

const SUBJECTS = `
  SELECT about.id, stream FROM loaded_facts, jsonb_array_elements_text(data -> 'serviceIds') AS about (id)
  WHERE category = 'incident'`;
const MENTIONS = `
  SELECT DISTINCT stream, 'deployment-' || (cause -> 'record' ->> 'id') AS mentioned
  FROM loaded_facts, jsonb_array_elements(data -> 'namedCauses') AS cause
  WHERE category = 'incident'`;

/** Facts as the copy of the log keeps them, with COPY from files of the same server. Answers how long COPY took. */
export const loadFacts = async (
  url: string,
  directory: string,
  amounts: Amounts,
  say: (line: string) => void,
): Promise<number> => {
  const file = join(directory, 'facts.copy');
  say('making facts …');
  await query(url, `COPY (${DEPLOYMENTS(amounts)} UNION ALL ${INCIDENTS(amounts)}) TO '${file}'`);
  say('COPY of the facts …');
  const began = machineMs();
  await query(url, `COPY metrics.facts_v3 FROM '${file}'`);
  const took = machineMs() - began;
  await rm(file);
  const ofIncidents = `WITH loaded_facts AS (SELECT * FROM metrics.facts_v3 WHERE type = 'IncidentImported')`;
  await query(url, `${ofIncidents} INSERT INTO metrics.subjects_v1 (service_id, stream) ${SUBJECTS}`);
  await query(url, `${ofIncidents} INSERT INTO metrics.mentions_v1 ${MENTIONS}`);
  await query(url, 'VACUUM ANALYZE metrics.facts_v3, metrics.subjects_v1, metrics.mentions_v1');
  return took;
};
