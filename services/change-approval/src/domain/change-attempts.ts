import { canonical } from '@slipway/canonical';
import type { ChangeEvent, Content, Target } from '@slipway/contracts';

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
  /** Not in production: it counts where it was, and keeps nothing from going on. */
  elsewhere?: true;
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

const ELSEWHERE = { elsewhere: true } as const;

export const evolveAttempts = ({ attempts, withdrawn }: Attempts, { type, data }: Attempted): Attempts => {
  const { deploymentId, target, undoes, production } = data;
  if (deploymentId === undefined) return { attempts, withdrawn: [...withdrawn, target] };
  const attempt = { deploymentId, target, ...(undoes && { undoes }), ...(production === false && ELSEWHERE) };
  const next: Attempt =
    type === 'TargetSettled'
      ? { ...attempt, outcome: data.outcome }
      : { ...attempt, ...(data.byHand && { byHand: true }) };
  return { attempts: noted(attempts, next), withdrawn };
};

/** What another content leaves of them: what ran elsewhere with artifacts that are still the same. */
export const attemptsAfter = (attempts: readonly Attempt[], before: Content, after: Content): readonly Attempt[] =>
  attempts.filter(
    ({ target, elsewhere }) =>
      !elsewhere || canonical(artifactsOf(before, target)) === canonical(artifactsOf(after, target)),
  );

export const artifactsOf = ({ artifacts }: Content, { serviceId }: Target): Content['artifacts'] =>
  artifacts.filter(artifact => artifact.serviceId === serviceId);
