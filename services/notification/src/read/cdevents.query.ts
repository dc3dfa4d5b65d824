import type { DataSource } from 'typeorm';
import type { CdEvent } from '../cdevents/cdevent.ts';

export type Placed = Readonly<{ position: number; body: CdEvent }>;

/** In the order of the log, after a position. */
export const CDEVENTS_AFTER = `
  SELECT position::float8 AS position, body FROM cdevents_v1 WHERE position > $1 ORDER BY position LIMIT $2`;

export const cdEventsAfter = (source: DataSource, after: number, limit: number): Promise<readonly Placed[]> =>
  source.query<readonly Placed[]>(CDEVENTS_AFTER, [after, limit]);
