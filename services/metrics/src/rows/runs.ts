import { type DataOf, type Fact, instantOf, latenessOf, rowsOf } from '../facts/facts.ts';
import { NO_CODE } from './code.ts';
import { importedRun } from './imported-run.ts';
import { judged, named } from './mended.ts';
import type { Run } from './run.ts';

type Requested = DataOf<'DeploymentRequested'>;

/** The production runs of the facts. A run whose request is not there yet is none yet. */
export const runsOf = (facts: readonly Fact[]): readonly Run[] => rowsOf(facts, 'deployment', runRow);

/** The row of a deployment: a fold of its own facts alone. */
export const runRow = (id: string, run: Run | undefined, fact: Fact): Run | undefined => {
  const after = evolve(id, run, fact);
  return after && { ...after, lateness: Math.max(after.lateness, latenessOf(fact)) };
};

const evolve = (id: string, run: Run | undefined, fact: Fact): Run | undefined => {
  if (fact.type === 'DeploymentRequested') return fact.data.production ? requested(id, fact.data) : undefined;
  if (fact.type === 'DeploymentImported') return importedRun(id, run, fact.data);
  if (!run) return undefined;
  const at = instantOf(fact);
  switch (fact.type) {
    case 'DeploymentKindCorrected':
      return corrected(run, fact.data);
    case 'DeploymentStarted':
      return { ...run, startedAt: run.startedAt ?? at };
    case 'CutoverSwitched':
      return { ...run, isCutOver: true };
    case 'TrafficTaken':
      return taken(run, at, fact.data.percent);
    case 'RemediationConfirmed':
      return { ...run, mends: judged(run.mends, fact.data, 'confirmed') };
    case 'RemediationRejected':
      return { ...run, mends: judged(run.mends, fact.data, 'rejected') };
    default:
      return settled(run, fact, at);
  }
};

const settled = (run: Run, fact: Fact, at: number): Run => {
  switch (fact.type) {
    case 'DeploymentSucceeded':
      return { ...ended(run, at), succeeded: true };
    case 'DeploymentFailed':
    case 'VerificationFailed':
      return { ...ended(run, at), failed: true };
    case 'DeploymentRolledBack':
      return { ...ended(run, at), rolledBack: fact.data.cause };
    case 'DeploymentCanceled':
      return ended(run, at);
    default:
      return run;
  }
};

const requested = (id: string, { kind, target, digests, changeId, releaseId, undoes }: Requested): Run => ({
  id,
  kind,
  serviceId: target.serviceId,
  environmentId: target.environmentId,
  wave: target.wave,
  content: [...digests].sort().join('+'),
  digests: [...digests].sort(),
  ...(changeId !== undefined && { changeId }),
  ...(releaseId !== undefined && { releaseId }),
  ...(undoes !== undefined && { undoes }),
  mends: named([], mendedOf(undoes)),
  trafficIs: 'told',
  isCanary: false,
  isCutOver: false,
  succeeded: false,
  failed: false,
  imported: false,
  code: NO_CODE,
  lateness: 0,
});

/** It counts as what it was from the request on. */
const corrected = (run: Run, { kind, undoes }: DataOf<'DeploymentKindCorrected'>): Run => {
  const { undoes: _, ...others } = run;
  return {
    ...others,
    kind,
    ...(undoes !== undefined && { undoes }),
    mends: named(run.mends, mendedOf(undoes)),
  };
};

/** A hotfix may say what it mends by what it undoes. */
const mendedOf = (undoes: string | undefined) =>
  undoes === undefined ? undefined : ({ record: 'deployment', recordId: undoes } as const);

const taken = (run: Run, at: number, percent = 100): Run =>
  run.trafficAt === undefined ? { ...run, trafficAt: at, isCanary: percent < 100 } : run;

const ended = (run: Run, at: number): Run => ({ ...run, endedAt: run.endedAt ?? at });
