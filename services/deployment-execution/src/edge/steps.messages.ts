import type { deploymentExecutionV1 as v1 } from '@slipway/contracts';
import type { Elapsed } from '../read/elapsed.ts';
import type { StepView } from '../read/steps.view.ts';
import { at, enumOf } from './enums.messages.ts';

export const stepMessage = ({
  step,
  state,
  startedAt,
  endedAt,
  reason = '',
  ...progress
}: StepView & Elapsed): v1.Step => ({
  step,
  state: enumOf('STEP_STATE', state),
  startedAt: at(startedAt),
  endedAt: at(endedAt),
  reason,
  plannedSeconds: progress.plannedSeconds,
  maxErrors: progress.maxErrors,
  percent: progress.percent,
  errors: progress.errors,
  thresholdExceededAt: at(progress.thresholdExceededAt),
  cutover: progress.cutover && cutoverMessage(progress.cutover),
  elapsedSeconds: progress.elapsedSeconds,
});

const cutoverMessage = ({
  via,
  settleSeconds,
  switchedAt,
  settledAt,
}: NonNullable<StepView['cutover']>): v1.Cutover => ({
  via: enumOf('CUTOVER_VIA', via),
  settleSeconds,
  switchedAt: at(switchedAt),
  settledAt: at(settledAt),
});
