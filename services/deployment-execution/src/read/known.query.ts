import type { Target } from '@slipway/contracts';
import type { DataSource } from 'typeorm';

export type NamedService = Readonly<{
  id: string;
  name: string;
  repositories: readonly string[];
  aliases: readonly string[];
}>;
export type NamedEnvironment = Readonly<{ id: string; name: string; aliases: readonly string[]; production: boolean }>;
export type AttachedArtifact = Readonly<{
  releaseId: string;
  serviceId: string;
  version: string;
  digest: string;
  repository: string;
  commits: readonly string[];
  position: number;
  targets: readonly Target[];
  /** The open change that was raised last for the release. */
  changeId?: string;
}>;

/** A service by its id or its name. */
export const serviceCalled = async (source: DataSource, idOrName: string): Promise<NamedService | undefined> => {
  const rows = await source.query<NamedService[]>(
    'SELECT * FROM known_services_v1 WHERE id = $1 OR name = $1 LIMIT 1',
    [idOrName],
  );
  return rows[0];
};

/** An environment by its id or its name. */
export const environmentCalled = async (
  source: DataSource,
  idOrName: string,
): Promise<NamedEnvironment | undefined> => {
  const rows = await source.query<NamedEnvironment[]>(
    'SELECT * FROM known_environments_v1 WHERE id = $1 OR name = $1 LIMIT 1',
    [idOrName],
  );
  return rows[0];
};

export const environments = (source: DataSource): Promise<NamedEnvironment[]> =>
  source.query('SELECT * FROM known_environments_v1 ORDER BY name');

/** Services that name this path among their repositories or aliases, in whatever form, or are called that: more than those that mean it. */
export const servicesNaming = (source: DataSource, path: string): Promise<NamedService[]> =>
  source.query(
    `SELECT * FROM known_services_v1
     WHERE lower(name) = $1
       OR EXISTS (SELECT FROM unnest(repositories || aliases) AS named WHERE strpos(lower(named), $1) > 0) ORDER BY id`,
    [path],
  );

const ARTIFACTS = `
  SELECT a.release_id AS "releaseId", a.service_id AS "serviceId", a.version, a.digest, a.repository, a.commits,
    a.position::float8 AS position, coalesce(r.targets, '[]') AS targets,
    (SELECT c.id FROM known_changes_v1 AS c WHERE c.release_ids @> ARRAY[a.release_id] AND c.open ORDER BY c.position DESC LIMIT 1) AS "changeId"
  FROM known_artifacts_v1 AS a LEFT JOIN known_releases_v1 AS r ON r.id = a.release_id`;

type ArtifactRow = Omit<AttachedArtifact, 'changeId'> & Readonly<{ changeId: string | null }>;

const attached = ({ changeId, ...row }: ArtifactRow): AttachedArtifact => ({
  ...row,
  ...(changeId !== null && { changeId }),
});

/** What was built from a commit, or is one of these digests. */
export const artifactsNamed = async (
  source: DataSource,
  commit: string,
  digests: readonly string[],
): Promise<readonly AttachedArtifact[]> => {
  const rows = await source.query<ArtifactRow[]>(
    `${ARTIFACTS} WHERE a.commits @> ARRAY[$1]::text[] OR a.digest = ANY ($2) ORDER BY a.position`,
    [commit, digests],
  );
  return rows.map(attached);
};

/** What a release has of a service. */
export const artifactsOf = async (
  source: DataSource,
  releaseId: string,
  serviceId: string,
): Promise<readonly AttachedArtifact[]> => {
  const rows = await source.query<ArtifactRow[]>(
    `${ARTIFACTS} WHERE (a.release_id, a.service_id) = ($1, $2) ORDER BY a.position`,
    [releaseId, serviceId],
  );
  return rows.map(attached);
};

/** Of a release, or of a change that covers it, when the caller named only one of them. */
export const changeOfRelease = async (source: DataSource, releaseId: string): Promise<string | undefined> => {
  const rows = await source.query<{ id: string }[]>(
    'SELECT id FROM known_changes_v1 WHERE release_ids @> ARRAY[$1]::text[] AND open ORDER BY position DESC LIMIT 1',
    [releaseId],
  );
  return rows[0]?.id;
};
