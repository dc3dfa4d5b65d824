import { approvalLeadTime, changeSuccess, emergencyShare } from './changes.ts';
import { changeFailRate } from './change-fail-rate.ts';
import type { Definition } from './definition.ts';
import { deploymentFrequency } from './deployment-frequency.ts';
import { leadTime } from './lead-time.ts';
import { recoveryTime } from './recovery.ts';
import { mttr, timeToResolve } from './restoration.ts';
import { reworkRate } from './rework-rate.ts';
import { rollbackRate } from './rollback-rate.ts';

/** Every measure there is, in the order of a report. */
export const definitions: readonly Definition[] = [
  deploymentFrequency,
  leadTime,
  changeFailRate,
  recoveryTime,
  reworkRate,
  rollbackRate,
  mttr,
  timeToResolve,
  changeSuccess,
  approvalLeadTime,
  emergencyShare,
];

export const definitionOf = (measure: string): Definition | undefined =>
  definitions.find(each => each.measure === measure);
