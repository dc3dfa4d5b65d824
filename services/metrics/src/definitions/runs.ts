import { byRecord, type Fact, instantOf } from './facts.ts';

type Requested = Extract<Fact, { type: 'DeploymentRequested' }>['data'];

/** One attempt at one target in production. Instants are milliseconds since 1970. */
export type Run = Readonly<{
  id: string;
  kind: Requested['kind'];
  serviceId: string;
  environmentId: string;
  /** Sorted. */
  digests: readonly string[];
  changeId?: string;
  releaseId?: string;
  undoes?: string;
  startedAt?: number;
  /** When it first took production traffic. */
  trafficAt?: number;
  /** When it ended, whichever way it did first. */
  endedAt?: number;
  succeeded: boolean;
  /** It ended Failed: by itself, or in its verification. */
  failed: boolean;
  rolledBack?: 'fault' | 'business';
}>;

/** The production runs of the facts. A run whose request is not there yet is none yet. */
export const runsOf = (facts: readonly Fact[]): readonly Run[] =>
  [...byRecord(facts, 'deployment')].flatMap(([id, record]) => {
    const run = record.reduce<Run | undefined>((state, fact) => evolve(id, state, fact), undefined);
    return run ? [run] : [];
  });

const evolve = (id: string, run: Run | undefined, fact: Fact): Run | undefined => {
  if (fact.type === 'DeploymentRequested') return fact.data.production ? requested(id, fact.data) : undefined;
  if (!run) return undefined;
  const at = instantOf(fact);
  switch (fact.type) {
    case 'DeploymentKindCorrected':
      return corrected(run, fact.data);
    case 'DeploymentStarted':
      return { ...run, startedAt: run.startedAt ?? at };
    case 'TrafficTaken':
      return { ...run, trafficAt: run.trafficAt ?? at };
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
  digests: [...digests].sort(),
  ...(changeId !== undefined && { changeId }),
  ...(releaseId !== undefined && { releaseId }),
  ...(undoes !== undefined && { undoes }),
  succeeded: false,
  failed: false,
});

const corrected = (run: Run, { kind, undoes }: Extract<Fact, { type: 'DeploymentKindCorrected' }>['data']): Run => {
  const { undoes: _, ...rest } = run;
  return { ...rest, kind, ...(undoes !== undefined && { undoes }) };
};

const ended = (run: Run, at: number): Run => ({ ...run, endedAt: run.endedAt ?? at });
