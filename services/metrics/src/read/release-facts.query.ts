import type { DataSource } from 'typeorm';
import type { Fact } from '../facts/facts.ts';

const OF_RELEASE = `
  SELECT stream, version, type, data
  FROM facts_v2
  WHERE stream = $1 AND position <= $2`;

/** What one release said of itself by a log position. */
export const releaseFactsAt = (dataSource: DataSource, releaseId: string, position: number): Promise<readonly Fact[]> =>
  dataSource.query<readonly Fact[]>(OF_RELEASE, [`release-${releaseId}`, position]);
