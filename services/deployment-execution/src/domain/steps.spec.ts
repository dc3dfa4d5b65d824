import type { DeploymentEvent, PlannedStep } from '@slipway/contracts';
import { specification, type Stamped } from '@slipway/event-sourcing';
import { deployment } from './deployment.ts';
import type { DeploymentCommand } from './deployment-commands.ts';
import { at, command, planned } from './examples.ts';

const given = specification(deployment);
const rejected = (code: string) => ({ rejected: code, reason: expect.any(String) as string });

const PLAN: readonly PlannedStep[] = [
  { step: 'migrate', plannedSeconds: 300, maxErrors: 2 },
  { step: 'point DNS', cutover: { via: 'dns', settleSeconds: 600 } },
];
const REQUESTED: DeploymentEvent = { type: 'DeploymentRequested', data: { ...planned, ...at('09:00') } };
const PLANNED: DeploymentEvent = { type: 'StepsPlanned', data: { steps: PLAN, ...at('09:00') } };
const STARTED: DeploymentEvent = { type: 'DeploymentStarted', data: at('09:10') };
const started = (step: string): DeploymentEvent => ({ type: 'StepStarted', data: { step, ...at('09:11') } });
const RUNNING = [REQUESTED, PLANNED, STARTED, started('migrate'), started('point DNS')];
const report = (said: { percent?: number; errors?: number }, time = '09:20'): Stamped<DeploymentCommand> =>
  command({ type: 'ReportStep', data: { step: 'migrate', ...said } }, time);
const then = (
  history: readonly DeploymentEvent[],
  ...reports: Stamped<DeploymentCommand>[]
): readonly DeploymentEvent[] =>
  reports.reduce(
    (events, each) => [...events, ...(given(...events).when(each) as readonly DeploymentEvent[])],
    history,
  );

describe('a plan', () => {
  it('may come with the request, or later, and replaces the one before', () => {
    expect(given().when(command({ type: 'RequestDeployment', data: { ...planned, steps: PLAN } }))).toEqual([
      { type: 'DeploymentRequested', data: { ...planned, ...at('10:00') } },
      { type: 'StepsPlanned', data: { steps: PLAN, ...at('10:00') } },
    ]);
    const plan = (steps: readonly PlannedStep[]) => command({ type: 'PlanSteps', data: { steps } });
    expect(given(REQUESTED).when(plan(PLAN))).toMatchObject([{ type: 'StepsPlanned' }]);
    expect(given(REQUESTED, PLANNED).when(plan(PLAN))).toEqual([]);
    expect(given(...RUNNING).when(plan(PLAN.slice(1)))).toMatchObject([{ data: { steps: PLAN.slice(1) } }]);
  });

  it('names each step once', () => {
    const steps = [...PLAN, { step: 'migrate' }];
    expect(given(REQUESTED).when(command({ type: 'PlanSteps', data: { steps } }))).toEqual(rejected('duplicate-step'));
    expect(given().when(command({ type: 'RequestDeployment', data: { ...planned, steps } }))).toEqual(
      rejected('duplicate-step'),
    );
  });
});

describe('progress of a step', () => {
  it('is told once, and nothing that is older than what is known', () => {
    const events = then(RUNNING, report({ percent: 40, errors: 1 }));
    expect(events.at(-1)).toEqual({
      type: 'StepProgressed',
      data: { step: 'migrate', percent: 40, errors: 1, ...at('09:20') },
    });
    expect(given(...events).when(report({ percent: 40 }, '09:30'))).toEqual([]);
    expect(given(...events).when(report({ percent: 30 }, '09:19'))).toEqual([]);
    expect(given(...events).when(report({ percent: 30 }, '09:21'))).toHaveLength(1);
  });

  it('with more errors than planned is a fact of its own, once each time that the step runs', () => {
    const events = then(RUNNING, report({ errors: 2 }), report({ errors: 3 }, '09:21'), report({ errors: 9 }, '09:22'));
    const exceeded = events.filter(({ type }) => type === 'StepThresholdExceeded');
    expect(exceeded).toEqual([
      { type: 'StepThresholdExceeded', data: { step: 'migrate', errors: 3, maxErrors: 2, ...at('09:21') } },
    ]);
    const failed: DeploymentEvent = {
      type: 'StepFailed',
      data: { step: 'migrate', reason: 'sealed:v1:x', ...at('09:25') },
    };
    const again = [...events, failed, started('migrate')];
    expect(given(...again).when(report({ errors: 3 }, '09:30'))).toHaveLength(2);
  });

  it('has no threshold without a plan', () => {
    const unplanned = [REQUESTED, STARTED, started('migrate')];
    expect(given(...unplanned).when(report({ errors: 1_000 }))).toMatchObject([{ type: 'StepProgressed' }]);
  });

  it.each<[string, DeploymentCommand, readonly DeploymentEvent[]]>([
    ['step-not-started', { type: 'ReportStep', data: { step: 'switch', percent: 1 } }, RUNNING],
    ['step-not-started', { type: 'SwitchCutover', data: { step: 'switch', via: 'dns' } }, RUNNING],
    ['not-a-cutover', { type: 'SwitchCutover', data: { step: 'migrate' } }, RUNNING],
    [
      'too-many-steps',
      { type: 'StartStep', data: { step: 'one more' } },
      [...RUNNING, ...Array.from({ length: 200 }, (_, index) => started(`step ${index}`))],
    ],
    [
      'too-many-logs',
      { type: 'LinkLog', data: { logId: 'one more', url: 'sealed:v1:x' } },
      [
        REQUESTED,
        ...Array.from({ length: 500 }, (_, index) => ({
          type: 'LogLinked' as const,
          data: { logId: `log-${index}`, url: 'sealed:v1:x', ...at('09:00') },
        })),
      ],
    ],
  ])('%s', (code, intent, history) => {
    expect(given(...history).when(command(intent))).toEqual(rejected(code));
  });
});

describe('a cutover', () => {
  it('is switched once, the way it was planned', () => {
    const events = then(RUNNING, command({ type: 'SwitchCutover', data: { step: 'point DNS' } }));
    expect(events.at(-1)).toEqual({
      type: 'CutoverSwitched',
      data: { step: 'point DNS', via: 'dns', settleSeconds: 600, ...at('10:00') },
    });
    expect(given(...events).when(command({ type: 'SwitchCutover', data: { step: 'point DNS' } }))).toEqual([]);
  });

  it('that nobody planned says via what', () => {
    const intent: DeploymentCommand = { type: 'SwitchCutover', data: { step: 'migrate', via: 'load-balancer' } };
    expect(given(...RUNNING).when(command(intent))).toMatchObject([{ data: { via: 'load-balancer' } }]);
  });
});
