import type { DataSource } from 'typeorm';
import type { Fact } from '../facts/facts.ts';

const OF_CATALOG = `
  SELECT stream, version, type, data
  FROM facts_v2
  WHERE position <= $1 AND category IN ('service', 'application', 'environment')`;

/** What the catalog said by a log position. */
export const catalogFactsAt = (dataSource: DataSource, position: number): Promise<readonly Fact[]> =>
  dataSource.query<readonly Fact[]>(OF_CATALOG, [position]);

// Of releases nothing but what figures need. Incidents are all read: which service one is about does not say which one caused it. So are hotfixes, which may mend another
// service than their own, and what releases are called.
const OF_DELIVERY = `
  SELECT stream, version, type, data
  FROM facts_v2
  WHERE position <= $1
    AND (
      category IN ('incident', 'change')
      OR (category = 'release' AND type IN ('ReleaseDrafted', 'ArtifactAttached', 'ArtifactDetached') AND ($2::text[] IS NULL OR service_id IS NULL OR service_id = ANY ($2)))
      OR (category = 'deployment' AND stream IN (
        SELECT stream FROM facts_v2
        WHERE category = 'deployment' AND service_id IS NOT NULL
          AND ($2::text[] IS NULL OR service_id = ANY ($2) OR data ->> 'kind' = 'hotfix')
        UNION ALL
        SELECT stream FROM facts_v2 WHERE type = 'DeploymentKindCorrected' AND data ->> 'kind' = 'hotfix'
      ))
    )`;

/** The facts that the figures of some services follow from, or of all, as they were at a log position. */
export const deliveryFactsAt = (
  dataSource: DataSource,
  position: number,
  serviceIds: readonly string[] | undefined,
): Promise<readonly Fact[]> => dataSource.query<readonly Fact[]>(OF_DELIVERY, [position, serviceIds ?? null]);
