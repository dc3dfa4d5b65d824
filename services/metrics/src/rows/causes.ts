import type { DataOf } from '../facts/facts.ts';

export type Cause = Readonly<{
  kind: DataOf<'CauseConfirmed'>['kind'];
  deploymentId?: string;
  changeId?: string;
  primary: boolean;
}>;
export type Named = Cause;

type Subject = Readonly<{
  kind: Cause['kind'];
  deploymentId?: string | undefined;
  changeId?: string | undefined;
}>;

/** The same cause confirmed again takes the place of the first verdict; there is one primary. */
export const confirmed = (
  causes: readonly Cause[],
  { kind, deploymentId, changeId, primary }: Cause,
): readonly Cause[] => {
  const others = causes
    .filter(cause => !isSame(cause, { kind, deploymentId, changeId }))
    .map(cause => (primary ? { ...cause, primary: false } : cause));
  const cause = {
    kind,
    ...(deploymentId !== undefined && { deploymentId }),
    ...(changeId !== undefined && { changeId }),
    primary,
  };
  return [...others, cause];
};

export const rejected = (causes: readonly Cause[], { deploymentId }: { deploymentId: string }): readonly Cause[] =>
  causes.filter(cause => cause.deploymentId !== deploymentId);

export const withdrawn = (causes: readonly Cause[], subject: Subject): readonly Cause[] =>
  causes.filter(cause => !isSame(cause, subject));

const isSame = (one: Subject, other: Subject): boolean =>
  one.kind === other.kind &&
  one.deploymentId === other.deploymentId &&
  (one.kind !== 'change' || one.changeId === other.changeId);
