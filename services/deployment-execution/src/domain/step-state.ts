import type { DeploymentEvent } from '@slipway/contracts';

/** A step as it runs, or ran last. */
export type Step = Readonly<{
  outcome: 'running' | 'succeeded' | 'failed';
  percent?: number;
  errors?: number;
  /** When the progress that counts was made: what is told of before it changes nothing. */
  progressedAt?: string;
  exceeded: boolean;
  switched: boolean;
}>;

export type Steps = ReadonlyMap<string, Step>;
export const noSteps: Steps = new Map();

type StepEvent = Extract<
  DeploymentEvent,
  {
    type:
      'StepStarted' | 'StepProgressed' | 'StepThresholdExceeded' | 'CutoverSwitched' | 'StepSucceeded' | 'StepFailed';
  }
>;

export const evolveSteps = (steps: Steps, event: StepEvent): Steps => {
  const step = evolve(steps.get(event.data.step) ?? STARTED, event);
  return new Map(steps).set(event.data.step, step);
};

const STARTED: Step = { outcome: 'running', exceeded: false, switched: false };

const evolve = (step: Step, event: StepEvent): Step => {
  switch (event.type) {
    case 'StepStarted':
      return STARTED;
    case 'StepProgressed': {
      const { percent, errors, occurredAt } = event.data;
      const said = { ...(percent !== undefined && { percent }), ...(errors !== undefined && { errors }) };
      return { ...step, ...said, progressedAt: occurredAt };
    }
    case 'StepThresholdExceeded':
      return { ...step, exceeded: true };
    case 'CutoverSwitched':
      return { ...step, switched: true };
    case 'StepSucceeded':
      return { ...step, outcome: 'succeeded' };
    case 'StepFailed':
      return { ...step, outcome: 'failed' };
  }
};
