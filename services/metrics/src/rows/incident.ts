import type { Cause, Named } from './causes.ts';
import type { Interval } from './intervals.ts';

/** Instants are milliseconds since 1970. */
export type Incident = Readonly<{
  id: string;
  /** All that are affected: at the start, by alerts since, and by duplicates of it. */
  serviceIds: readonly string[];
  environmentId?: string;
  detectedAt: number;
  impactStartedAt: number;
  /** One more for each time it was reopened; the first is from its detection. */
  intervals: readonly Interval[];
  /** What people confirmed and did not take back. */
  causes: readonly Cause[];
  /** What a source of history names as causes; whatever a person says stands above it. */
  named: readonly Named[];
  /** A person has judged a cause of it, whichever way. */
  isJudged: boolean;
  /** The deployment that restored the service, as a person said. */
  mitigatedBy?: string;
  /** A duplicate, or a false alarm. */
  canceled: boolean;
  imported: boolean;
  /** The most that a fact of it was recorded after it happened, in milliseconds. */
  lateness: number;
}>;
