import type { CutoverVia, DeploymentEvent, PlannedStep } from '@slipway/contracts';

/** `startedAt` and what follows: of the last time that it ran. */
export type StepView = Readonly<{
  step: string;
  state: 'planned' | 'running' | 'succeeded' | 'failed';
  plannedSeconds?: number;
  maxErrors?: number;
  percent?: number;
  errors?: number;
  /** When there were more errors than it may have. */
  thresholdExceededAt?: string;
  cutover?: Readonly<{ via: CutoverVia; settleSeconds?: number; switchedAt?: string; settledAt?: string }>;
  startedAt?: string;
  endedAt?: string;
  reason?: string;
}>;

type StepEvent = Extract<
  DeploymentEvent,
  {
    type:
      | 'StepsPlanned'
      | 'StepStarted'
      | 'StepProgressed'
      | 'StepThresholdExceeded'
      | 'CutoverSwitched'
      | 'StepSucceeded'
      | 'StepFailed';
  }
>;

/** Planned ones first, in the order of the plan. */
export const stepsAfter = (steps: readonly StepView[], event: StepEvent): readonly StepView[] => {
  if (event.type === 'StepsPlanned') return replanned(steps, event.data.steps);
  const { step } = event.data;
  const known = steps.find(each => each.step === step);
  if (known) return steps.map(each => (each === known ? after(known, event) : each));
  return event.type === 'StepStarted' ? [...steps, after({ step, state: 'planned' }, event)] : steps;
};

const replanned = (steps: readonly StepView[], plan: readonly PlannedStep[]): readonly StepView[] => {
  const planned = plan.map(each => ({ ...ran(steps, each.step), ...each }));
  const others = steps.filter(({ step, state }) => state !== 'planned' && !plan.some(each => each.step === step));
  return [...planned, ...others];
};

// A later plan does not take away what a step has done.
const ran = (steps: readonly StepView[], step: string): StepView => {
  const {
    plannedSeconds: _,
    maxErrors: __,
    ...known
  } = steps.find(each => each.step === step) ?? {
    step,
    state: 'planned' as const,
  };
  return known;
};

const after = (step: StepView, event: Exclude<StepEvent, { type: 'StepsPlanned' }>): StepView => {
  const at = event.data.occurredAt;
  switch (event.type) {
    case 'StepStarted':
      return { ...unstarted(step), state: 'running', startedAt: at };
    case 'StepProgressed': {
      const { percent = step.percent, errors = step.errors } = event.data;
      return { ...step, ...(percent !== undefined && { percent }), ...(errors !== undefined && { errors }) };
    }
    case 'StepThresholdExceeded':
      return { ...step, thresholdExceededAt: at };
    case 'CutoverSwitched':
      return { ...step, cutover: switched(event.data.via, at, event.data.settleSeconds) };
    case 'StepSucceeded':
      return { ...step, state: 'succeeded', endedAt: at };
    case 'StepFailed':
      return { ...step, state: 'failed', endedAt: at, reason: event.data.reason };
  }
};

const unstarted = ({ step, plannedSeconds, maxErrors, cutover }: StepView): Omit<StepView, 'state'> => ({
  step,
  ...(plannedSeconds !== undefined && { plannedSeconds }),
  ...(maxErrors !== undefined && { maxErrors }),
  ...(cutover && { cutover: planned(cutover) }),
});

const planned = ({ via, settleSeconds }: NonNullable<StepView['cutover']>): NonNullable<StepView['cutover']> => ({
  via,
  ...(settleSeconds !== undefined && { settleSeconds }),
});

/** `settledAt`: when the last cache has let go of the old answer. */
const switched = (via: CutoverVia, at: string, settleSeconds = 0): NonNullable<StepView['cutover']> => ({
  via,
  settleSeconds,
  switchedAt: at,
  settledAt: new Date(Date.parse(at) + settleSeconds * 1_000).toISOString(),
});
