import type { DataSource } from 'typeorm';
import type { RunningService } from './comparison.ts';
import { answered } from './row.ts';
import { RunningRow } from './running.entity.ts';

type Live = Readonly<{
  serviceId: string;
  deploymentId: string;
  digests: readonly string[];
  artifactVersion: string | null;
  since: Date;
  position: string;
}>;

/** Of each service that was ever deployed there, by name. */
export const runningIn = async (source: DataSource, environmentId: string): Promise<readonly RunningService[]> => {
  const rows = await source.getRepository(RunningRow).find({ where: { environmentId }, order: { serviceId: 'ASC' } });
  return named(source, rows);
};

const LIVE_AT = `
  SELECT DISTINCT ON (service_id) service_id AS "serviceId", deployment_id AS "deploymentId", digests,
    artifact_version AS "artifactVersion", since, position
  FROM running_history_v1 WHERE environment_id = $1 AND since <= $2 ORDER BY service_id, position DESC`;

/** The same at an instant, as far as it is known by now: what was told since then, of before then, counts. */
export const runningAt = async (
  source: DataSource,
  environmentId: string,
  at: string,
): Promise<readonly RunningService[]> => named(source, await source.query<Live[]>(LIVE_AT, [environmentId, at]));

const named = async (
  source: DataSource,
  rows: readonly Readonly<{ serviceId: string; position: string }>[],
): Promise<readonly RunningService[]> => {
  const names = await source.query<{ id: string; name: string }[]>(
    'SELECT id, name FROM known_services_v1 WHERE id = ANY ($1)',
    [rows.map(({ serviceId }) => serviceId)],
  );
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return rows
    .map(row => ({
      service: nameOf.get(row.serviceId) ?? row.serviceId,
      serviceId: row.serviceId,
      ...answered(row, 'environmentId'),
      position: Number(row.position),
    }))
    .toSorted((a, b) => (a.service < b.service ? -1 : 1));
};
