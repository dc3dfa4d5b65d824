import type { DataSource } from 'typeorm';

export type RolloutRow = Readonly<{
  deploymentId: string;
  changeId: string | null;
  serviceId: string;
  environmentId: string;
  production: boolean;
  verificationFailed: boolean;
  moments: readonly Readonly<{ moment: 'started' | 'step' | 'took-traffic' | 'finished'; at: string }>[];
}>;
export type DependencyRow = Readonly<{ serviceId: string; dependsOn: string }>;
export type Reach = Readonly<{ rollouts: readonly RolloutRow[]; dependencies: readonly DependencyRow[] }>;

// The last of each kind of moment is what counts; the latest 2,000 deployments of a day are more than a person can weigh.
const ROLLOUTS = `
  WITH incident AS (SELECT * FROM known_incidents_v1 WHERE id = $1),
  moments AS (
    SELECT rollout_id, moment, max(at) AS at FROM known_moments_v1, incident
    WHERE at BETWEEN impact_started_at - $2 * interval '1 hour' AND impact_started_at
    GROUP BY rollout_id, moment)
  SELECT rollout.id AS "deploymentId", change_id AS "changeId", service_id AS "serviceId",
    rollout.environment_id AS "environmentId", production, verification_failed AS "verificationFailed",
    json_agg(json_build_object('moment', moment, 'at', at)) AS moments
  FROM known_rollouts_v1 AS rollout JOIN moments ON rollout_id = rollout.id CROSS JOIN incident
  WHERE incident.environment_id = rollout.environment_id OR (incident.environment_id IS NULL AND production)
  GROUP BY rollout.id ORDER BY max(at) DESC, rollout.id LIMIT 2000`;

// Three steps in either direction: no reason goes further.
const DEPENDENCIES = `
  WITH RECURSIVE near (id, steps) AS (
    SELECT unnest(service_ids) COLLATE "C", 0 FROM known_incidents_v1 WHERE id = $1
    UNION
    SELECT CASE WHEN edge.service_id = near.id THEN edge.depends_on ELSE edge.service_id END, steps + 1
    FROM near JOIN known_dependencies_v1 AS edge ON near.id IN (edge.service_id, edge.depends_on)
    WHERE steps < 3)
  SELECT service_id AS "serviceId", depends_on AS "dependsOn" FROM known_dependencies_v1
  WHERE service_id IN (SELECT id FROM near) AND depends_on IN (SELECT id FROM near)`;

/** What was deployed in the hours before the impact of an incident, and the dependencies around what it affects. */
export const reachOf = async (source: DataSource, incidentId: string, hours: number): Promise<Reach> => ({
  rollouts: await source.query(ROLLOUTS, [incidentId, hours]),
  dependencies: await source.query(DEPENDENCIES, [incidentId]),
});

/** The change under which a deployment runs. */
export const changeOf = async (source: DataSource, deploymentId: string): Promise<string | undefined> => {
  const rows: { change_id: string | null }[] = await source.query(
    'SELECT change_id FROM known_rollouts_v1 WHERE id = $1',
    [deploymentId],
  );
  return rows[0]?.change_id ?? undefined;
};
