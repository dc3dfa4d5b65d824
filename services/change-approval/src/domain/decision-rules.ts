import {
  approvalGrantsHeld,
  changeAuthorized,
  changeNotOnHold,
  contentUnchanged,
  digestsWithinContent,
  insideWindow,
  releaseNotHeld,
  releaseReady,
  targetWithinEnvelope,
} from './change-decision-rules.ts';
import type { DecisionRule } from './decision-rule.ts';
import { releaseDependenciesMet, waveOrderMet } from './order-decision-rules.ts';
import { deployerPermitted, deployerResolvable, deployerSeparate } from './deployer-decision-rules.ts';
import { elsewhere, freshView, redeployContent, rollbackContent, targetFree } from './target-decision-rules.ts';

/** Every rule that has facts now, in the order of the answer. */
export const decisionRules: readonly DecisionRule[] = [
  freshView,
  elsewhere,
  changeAuthorized,
  changeNotOnHold,
  releaseNotHeld,
  releaseReady,
  releaseDependenciesMet,
  contentUnchanged,
  digestsWithinContent,
  rollbackContent,
  redeployContent,
  targetWithinEnvelope,
  waveOrderMet,
  insideWindow,
  targetFree,
  deployerResolvable,
  deployerPermitted,
  deployerSeparate,
  approvalGrantsHeld,
];
