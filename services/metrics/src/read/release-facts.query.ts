import type { Ask } from '@slipway/service';
import type { Fact } from '../facts/facts.ts';

const OF_RELEASE = `
  SELECT stream, version, type, data
  FROM facts_v3
  WHERE stream = $1 AND position <= $2`;

/** What one release said of itself by a log position. */
export const releaseFactsAt = (ask: Ask, releaseId: string, position: number): Promise<readonly Fact[]> =>
  ask<Fact>(OF_RELEASE, [`release-${releaseId}`, position]);
