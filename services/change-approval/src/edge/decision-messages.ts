import type { changeApprovalV1 as v1 } from '@slipway/contracts';
import { timestampOf } from '@slipway/edge';
import type { DecisionView } from '../read/decision.view.ts';
import { optionalTimestamp, targetMessage } from './change-messages.ts';
import { enumOf } from './grpc-words.ts';

export const decisionMessage = (decision: DecisionView, id = ''): v1.Decision => ({
  id,
  verdict: enumOf('verdict', decision.verdict),
  deploymentId: decision.deploymentId,
  kind: enumOf('kind', decision.kind),
  target: targetMessage(decision.target),
  digests: [...decision.digests],
  deployer: decision.deployer,
  undoes: decision.undoes ?? '',
  changeId: decision.changeId ?? '',
  releaseId: decision.releaseId ?? '',
  rules: decision.rules.map(({ rule, ruleVersion, outcome, reason, opensAt }) => ({
    rule,
    ruleVersion,
    outcome: enumOf<v1.Outcome>('outcome', outcome),
    reason,
    opensAt: optionalTimestamp(opensAt),
  })),
  roleGrantIds: [...decision.roleGrantIds],
  askedAt: timestampOf(decision.askedAt),
  validUntil: optionalTimestamp(decision.validUntil),
  nextOpening: optionalTimestamp(decision.nextOpening),
  inputs: decision.inputs.map(input => ({ ...input })),
  position: String(decision.position),
  evaluatorVersion: decision.evaluatorVersion,
  timeZoneDataVersion: decision.timeZoneDataVersion,
});
