import type { IncidentEvent } from '@slipway/contracts';
import type { Decision } from '@slipway/event-sourcing';
import type { CauseRefusal } from './causes.ts';
import type { MoveRefusal } from './incident-moves.ts';
import type { InstantRefusal } from './rules.ts';
import type { TaskRefusal } from './tasks.ts';

export type ImpactRefusal =
  'impact-after-restoration' | 'no-such-interval' | 'interval-open' | 'interval-empty' | 'intervals-overlap';
export type MergeRefusal =
  | 'merged-into-itself'
  | 'merge-loop'
  | 'merge-target-missing'
  | 'merge-target-closed'
  | 'merge-target-canceled'
  | 'no-such-alert'
  | 'split-takes-all';

export type IncidentRefusal =
  | MoveRefusal
  | 'covered-by-open-incident'
  | 'duplicate-of-missing'
  | 'duplicate-of-unexpected'
  | 'duplicate-of-itself'
  | 'duplicate-of-canceled'
  | 'escalated-to-the-last'
  | 'role-not-held'
  | InstantRefusal
  | ImpactRefusal
  | CauseRefusal
  | MergeRefusal
  | TaskRefusal;
export type IncidentDecision = Decision<IncidentEvent, IncidentRefusal>;
