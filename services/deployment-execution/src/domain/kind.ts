import type { DeploymentKind } from '@slipway/contracts';
import { type Rejection, reject } from '@slipway/event-sourcing';
import type { Decided, DeploymentRejection, Of } from './deployment-commands.ts';
import type { Requested } from './deployment-state.ts';

/** What a kind says about another deployment. */
export const whenMisnamed = (
  kind: DeploymentKind,
  undoes: string | undefined,
): Rejection<DeploymentRejection> | undefined => {
  if (kind === 'rollback' && undoes === undefined)
    return reject('undoes-required', 'A rollback names the deployment that it undoes.');
  if (undoes !== undefined && kind !== 'rollback' && kind !== 'hotfix')
    return reject(
      'undoes-nothing',
      `A ${kind} deployment undoes none: only a rollback does, and a hotfix may name the one that it mends.`,
    );
  return undefined;
};

/** A rollback has marked the deployment that it undoes, so it stays one. */
export const correctKind = ({ data, stamp }: Of<'CorrectKind'>, { about }: Requested): Decided => {
  const { kind, undoes, reason } = data;
  const { kind: before } = about;
  if (kind === before && undoes === about.undoes) return [];
  if (before === 'rollback')
    return reject('is-rollback', `It undoes deployment ${about.undoes}, which has been told so.`);
  const refusal = whenMisnamed(kind, undoes);
  if (refusal) return refusal;
  return [
    {
      type: 'DeploymentKindCorrected',
      data: { before, kind, ...(undoes !== undefined && { undoes }), reason, ...stamp },
    },
  ];
};
