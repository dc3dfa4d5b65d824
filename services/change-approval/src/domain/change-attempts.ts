import type { ChangeEvent, Target } from '@slipway/contracts';

type Outcomes = Extract<ChangeEvent, { type: 'ChangeReviewStarted' }>['data']['outcomes'];
type Attempted = Extract<ChangeEvent, { type: 'TargetAttempted' | 'TargetSettled' }>;

export type TargetOutcome = Outcomes[number]['outcome'];

/** A deployment under the change; without an outcome it runs. */
export type Attempt = Readonly<{
  deploymentId: string;
  target: Target;
  undoes?: string;
  /** No deployment stands behind it. */
  byHand?: true;
  outcome?: TargetOutcome;
}>;

export type Attempts = Readonly<{
  attempts: readonly Attempt[];
  /** Targets that will not be deployed to. */
  withdrawn: readonly Target[];
}>;

/** Its last word on a deployment: a settled one is not running again, and a rollback outlives a success. */
const rank = (outcome: TargetOutcome | undefined): number =>
  outcome === undefined ? 0 : outcome === 'rolled-back' ? 2 : 1;

const noted = (attempts: readonly Attempt[], next: Attempt): readonly Attempt[] => {
  const known = attempts.find(each => each.deploymentId === next.deploymentId);
  if (!known) return [...attempts, next];
  const merged = rank(next.outcome) >= rank(known.outcome) ? { ...known, ...next } : { ...next, ...known };
  return attempts.map(each => (each === known ? merged : each));
};

export const evolveAttempts = ({ attempts, withdrawn }: Attempts, { type, data }: Attempted): Attempts => {
  const { deploymentId, target, undoes } = data;
  if (deploymentId === undefined) return { attempts, withdrawn: [...withdrawn, target] };
  const attempt = { deploymentId, target, ...(undoes && { undoes }) };
  const next: Attempt =
    type === 'TargetSettled'
      ? { ...attempt, outcome: data.outcome }
      : { ...attempt, ...(data.byHand && { byHand: true }) };
  return { attempts: noted(attempts, next), withdrawn };
};
