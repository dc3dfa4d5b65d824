import type { RetentionClass } from '@slipway/contracts';

/**
 * Whose doing must stay attributable, and for how long. Seven years is the longest of what usually binds those who use this:
 * audit documentation in the USA (17 CFR 210.2-06); a jurisdiction with another period changes this table.
 */
export const retentionYears: Readonly<Record<RetentionClass, number>> = {
  approval: 7,
  deployment: 7,
  grant: 7,
  exception: 7,
};

type Retained = Readonly<{
  class: RetentionClass;
  /** Fields of the event that name somebody who did it or bears it. */
  who: readonly string[];
}>;

const BY_ACTOR = ['actor', 'onBehalfOf'] as const;
const acts = (retained: RetentionClass, ...types: readonly string[]): readonly (readonly [string, Retained])[] =>
  types.map(type => [type, { class: retained, who: BY_ACTOR }]);

/** By event type. A type that is not here keeps nobody. */
export const retentionOf: Readonly<Record<string, Retained>> = {
  ...Object.fromEntries([
    ...acts('approval', 'ApprovalGranted', 'ApprovalRejected', 'ChangeHeld', 'ChangeResumed', 'ChangeReviewed'),
    ...acts('approval', 'ApprovalPolicyAdopted', 'ReleaseReady', 'PhaseGatePassed'),
    ...acts(
      'deployment',
      'DeploymentStarted',
      'DeploymentKindCorrected',
      'RemediationConfirmed',
      'RemediationRejected',
      'DeploymentCanceled',
      'RollbackStarted',
    ),
    ...acts('grant', 'RoleRevoked', 'ServiceAccountKeyAdded', 'ServiceAccountKeyRevoked'),
    ...acts('grant', 'AccessRightConfirmed', 'AccessRightRevoked'),
    // A deployment without a valid authorization is the exception that is there today.
    ...acts('exception', 'UnauthorizedChangeDetected', 'ChangeFoundUnauthorized'),
  ]),
  DeploymentRequested: { class: 'deployment', who: [...BY_ACTOR, 'deployer'] },
  DecisionTaken: { class: 'deployment', who: [...BY_ACTOR, 'deployer'] },
  RoleGranted: { class: 'grant', who: [...BY_ACTOR, 'person'] },
};
