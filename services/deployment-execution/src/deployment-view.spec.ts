import type { DeploymentEvent } from '@slipway/contracts';
import type { Recorded } from '@slipway/event-sourcing';
import { at, planned } from './domain/examples.ts';
import { type DeploymentView, deploymentView } from './read/deployment.view.ts';
import { withElapsed } from './read/elapsed.ts';

const viewOf = (...events: readonly DeploymentEvent[]): DeploymentView => {
  const recorded = events.map((event, index) => ({
    ...event,
    id: String(index),
    stream: 'deployment-1',
    version: index + 1,
    correlationId: '',
  })) as readonly Recorded<DeploymentEvent>[];
  return recorded.reduce<DeploymentView | undefined>(deploymentView, undefined) as DeploymentView;
};
const REQUESTED: DeploymentEvent = { type: 'DeploymentRequested', data: { ...planned, ...at('09:00') } };
const STARTED: DeploymentEvent = { type: 'DeploymentStarted', data: at('09:10') };
const PLANNED: DeploymentEvent = {
  type: 'StepsPlanned',
  data: {
    steps: [
      { step: 'migrate', plannedSeconds: 300, maxErrors: 2 },
      { step: 'point DNS', plannedSeconds: 900, cutover: { via: 'dns', settleSeconds: 600 } },
    ],
    ...at('09:00'),
  },
};
const step = (type: 'StepStarted' | 'StepSucceeded', name: string, time: string): DeploymentEvent => ({
  type,
  data: { step: name, ...at(time) },
});
const progressed = (said: { percent?: number; errors?: number }, time: string): DeploymentEvent => ({
  type: 'StepProgressed',
  data: { step: 'migrate', ...said, ...at(time) },
});

describe('the steps of a deployment', () => {
  it('are those that are planned, and then those that nobody planned', () => {
    const view = viewOf(REQUESTED, PLANNED, STARTED, step('StepStarted', 'warm up', '09:10'));
    expect(view.steps.map(({ step: name, state }) => [name, state])).toEqual([
      ['migrate', 'planned'],
      ['point DNS', 'planned'],
      ['warm up', 'running'],
    ]);
  });

  it('show their progress beside what was planned', () => {
    const exceeded: DeploymentEvent = {
      type: 'StepThresholdExceeded',
      data: { step: 'migrate', errors: 3, maxErrors: 2, ...at('09:13') },
    };
    const running = [REQUESTED, PLANNED, STARTED, step('StepStarted', 'migrate', '09:10')];
    const view = viewOf(...running, progressed({ percent: 40 }, '09:12'), progressed({ errors: 3 }, '09:13'), exceeded);
    expect(view.steps[0]).toEqual({
      step: 'migrate',
      state: 'running',
      plannedSeconds: 300,
      maxErrors: 2,
      percent: 40,
      errors: 3,
      startedAt: at('09:10').occurredAt,
      thresholdExceededAt: at('09:13').occurredAt,
    });
    const again = viewOf(...running, progressed({ percent: 40 }, '09:12'), step('StepStarted', 'migrate', '09:20'));
    expect(again.steps[0]).toEqual({
      step: 'migrate',
      state: 'running',
      plannedSeconds: 300,
      maxErrors: 2,
      startedAt: at('09:20').occurredAt,
    });
  });

  it('keep what they have done when the plan changes', () => {
    const view = viewOf(REQUESTED, PLANNED, STARTED, step('StepStarted', 'migrate', '09:10'), {
      type: 'StepsPlanned',
      data: { steps: [{ step: 'migrate', plannedSeconds: 60 }], ...at('09:11') },
    });
    expect(view.steps).toEqual([
      { step: 'migrate', state: 'running', plannedSeconds: 60, startedAt: at('09:10').occurredAt },
    ]);
  });

  it('that are cutovers have settled when no cache holds the old answer', () => {
    const view = viewOf(REQUESTED, PLANNED, STARTED, step('StepStarted', 'point DNS', '09:20'), {
      type: 'CutoverSwitched',
      data: { step: 'point DNS', via: 'dns', settleSeconds: 600, ...at('09:21') },
    });
    expect(view.steps[1]).toMatchObject({
      cutover: { via: 'dns', switchedAt: at('09:21').occurredAt, settledAt: at('09:31').occurredAt },
    });
  });
});

describe('elapsed against plan', () => {
  const running = [REQUESTED, PLANNED, STARTED, step('StepStarted', 'migrate', '09:10')];

  it('goes on while it runs', () => {
    const view = withElapsed(viewOf(...running), at('09:20').occurredAt);
    expect(view).toMatchObject({ elapsedSeconds: 600, plannedSeconds: 1_200 });
    expect(view).not.toHaveProperty('overdueSeconds');
    expect(view.steps).toMatchObject([{ elapsedSeconds: 600, overdueSeconds: 300 }, { plannedSeconds: 900 }]);
    expect(view.steps[1]).not.toHaveProperty('elapsedSeconds');
  });

  it('stops when it has ended', () => {
    const failed: DeploymentEvent = { type: 'DeploymentFailed', data: { reason: 'sealed:v1:x', ...at('09:40') } };
    const ended = viewOf(...running, step('StepSucceeded', 'migrate', '09:14'), failed);
    expect(withElapsed(ended, at('23:00').occurredAt)).toMatchObject({
      elapsedSeconds: 1_800,
      overdueSeconds: 600,
      steps: [{ elapsedSeconds: 240 }, {}],
    });
    const halfway = viewOf(...running, failed);
    expect(withElapsed(halfway, at('23:00').occurredAt).steps[0]).toMatchObject({ elapsedSeconds: 1_800 });
  });

  it('is none before it has started', () => {
    expect(withElapsed(viewOf(REQUESTED), at('23:00').occurredAt)).not.toHaveProperty('elapsedSeconds');
  });
});
