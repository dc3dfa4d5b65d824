import type { Code } from './code.ts';
import type { Mended } from './mended.ts';
import type { Run } from './run.ts';
import type { Pattern, Size } from './traits.ts';

export type Failure = Readonly<{
  reason: 'run-failed' | 'rolled-back-for-a-fault' | 'remediated-by-hotfix' | 'confirmed-cause';
  /** The run, the hotfix or the incident that says so. */
  by: string;
}>;

/** All production deployments of one content for one service under one change; of a blend: of all services under one change. */
export type Rollout = Readonly<{
  id: string;
  serviceIds: readonly string[];
  changeId?: string;
  kind: 'planned' | 'hotfix' | 'activation';
  runs: readonly Run[];
  startedAt: number;
  /**
   * finished: ended after taking production traffic; open: a run of it goes on; aborted: ended before any traffic;
   * unreported: a run succeeded, but its traffic was never reported; unknown: a run failed, and its source says nothing of traffic.
   */
  state: 'finished' | 'open' | 'aborted' | 'unreported' | 'unknown';
  /** Of a finished one: when the last of its runs had ended and taken traffic. */
  finishedAt?: number;
  failures: readonly Failure[];
  /** For which reasons runs of it with traffic were rolled back. */
  rolledBack: readonly ('fault' | 'business')[];
  /** What it mends, if it is a hotfix. */
  mends: readonly Mended[];
  code: Code;
  /** The class of its release, and the model of its change; `none` without one. */
  releaseKind: string;
  changeModel: string;
  size: Size;
  pattern: Pattern;
  /** What is impossible about it. */
  contradictions: readonly Contradiction[];
  lateness: number;
}>;

export type Contradiction =
  'finished-before-started' | 'traffic-before-started' | 'overlapping-runs' | 'deployed-before-merged';
