import { canonical } from '@slipway/canonical';
import type { DeploymentEvent, PlannedStep } from '@slipway/contracts';
import { type Rejection, reject } from '@slipway/event-sourcing';
import type { Decided, DeploymentRejection, Of } from './deployment-commands.ts';
import type { Requested } from './deployment-state.ts';
import { whenHalted } from './progress.ts';

// Steps as they are planned, and as the tool that deploys reports them.

const MOST_STEPS = 200;
const MOST_LOGS = 500;

export const whenMisplanned = (steps: readonly PlannedStep[]): Rejection<DeploymentRejection> | undefined =>
  new Set(steps.map(({ step }) => step)).size < steps.length
    ? reject('duplicate-step', 'Each step stands in the plan once: give them names of their own.')
    : undefined;

export const planSteps = ({ data: { steps }, stamp }: Of<'PlanSteps'>, { about }: Requested): Decided => {
  if (canonical(steps) === canonical(about.plan)) return [];
  return whenMisplanned(steps) ?? [{ type: 'StepsPlanned', data: { steps, ...stamp } }];
};

export const startStep = ({ data: { step }, stamp }: Of<'StartStep'>, state: Requested): Decided => {
  const refusal = whenHalted(state);
  if (refusal) return refusal;
  const { steps } = state.about;
  if (steps.get(step)?.outcome === 'running') return [];
  if (!steps.has(step) && steps.size >= MOST_STEPS)
    return reject('too-many-steps', `A deployment has at most ${MOST_STEPS} steps.`);
  return [{ type: 'StepStarted', data: { step, ...stamp } }];
};

/** A report of what was before the last one comes too late to say anything; the same again says nothing new. */
export const reportStep = ({ data, stamp }: Of<'ReportStep'>, state: Requested): Decided => {
  const refusal = whenHalted(state) ?? whenNotRunning(data.step, state);
  if (refusal) return refusal;
  const { percent, errors } = data;
  const step = state.about.steps.get(data.step);
  const isLate = step?.progressedAt !== undefined && stamp.occurredAt < step.progressedAt;
  const isNews = (percent ?? step?.percent) !== step?.percent || (errors ?? step?.errors) !== step?.errors;
  if (isLate || !isNews) return [];
  const exceeded = thresholdExceeded(data, stamp, state);
  return [{ type: 'StepProgressed', data: { ...data, ...stamp } }, ...exceeded];
};

const thresholdExceeded = (
  { step, errors = 0 }: Of<'ReportStep'>['data'],
  stamp: Of<'ReportStep'>['stamp'],
  { about }: Requested,
): readonly DeploymentEvent[] => {
  const maxErrors = about.plan.find(each => each.step === step)?.maxErrors;
  if (maxErrors === undefined || errors <= maxErrors || about.steps.get(step)?.exceeded) return [];
  return [{ type: 'StepThresholdExceeded', data: { step, errors, maxErrors, ...stamp } }];
};

export const switchCutover = ({ data, stamp }: Of<'SwitchCutover'>, state: Requested): Decided => {
  const refusal = whenHalted(state) ?? whenNotRunning(data.step, state);
  if (refusal) return refusal;
  const planned = state.about.plan.find(({ step }) => step === data.step)?.cutover;
  const via = data.via ?? planned?.via;
  if (!via) return reject('not-a-cutover', `Say via what step ${data.step} switches: it is not planned as a cutover.`);
  if (state.about.steps.get(data.step)?.switched) return [];
  const settles = planned?.settleSeconds !== undefined && { settleSeconds: planned.settleSeconds };
  return [{ type: 'CutoverSwitched', data: { step: data.step, via, ...settles, ...stamp } }];
};

export const settleStep = ({ type, data, stamp }: Of<'SucceedStep'> | Of<'FailStep'>, state: Requested): Decided => {
  const outcome = type === 'SucceedStep' ? 'succeeded' : 'failed';
  const refusal = outcome === 'failed' ? undefined : whenHalted(state);
  if (refusal) return refusal;
  if (state.about.steps.get(data.step)?.outcome === outcome) return [];
  const notRunning = whenNotRunning(data.step, state);
  if (notRunning) return notRunning;
  return type === 'SucceedStep'
    ? [{ type: 'StepSucceeded', data: { step: data.step, ...stamp } }]
    : [{ type: 'StepFailed', data: { step: data.step, reason: data.reason, ...stamp } }];
};

const whenNotRunning = (step: string, { about }: Requested): Rejection<DeploymentRejection> | undefined =>
  about.steps.get(step)?.outcome === 'running' ? undefined : reject('step-not-started', `Step ${step} is not running.`);

export const linkLog = ({ data, stamp }: Of<'LinkLog'>, { about }: Requested): Decided =>
  about.logs < MOST_LOGS
    ? [{ type: 'LogLinked', data: { ...data, ...stamp } }]
    : reject('too-many-logs', `A deployment has at most ${MOST_LOGS} links to logs.`);
