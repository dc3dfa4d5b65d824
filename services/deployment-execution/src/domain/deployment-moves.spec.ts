import type { DeploymentEvent, DeploymentKind } from '@slipway/contracts';
import { fold, isRejection } from '@slipway/event-sourcing';
import { deployment } from './deployment.ts';
import type { DeploymentCommand, DeploymentRequest } from './deployment-commands.ts';
import { MOVES } from './deployment-moves.ts';
import type { Deployment } from './deployment-state.ts';
import { at, command, DEPLOYER, planned } from './examples.ts';

type State = Deployment['status'];
type Type = DeploymentCommand['type'];

const KINDS: readonly DeploymentKind[] = ['planned', 'hotfix', 'rollback', 'redeploy', 'activation'];
const STATES = Object.keys(MOVES) as State[];
const reason = 'sealed:v1:x';
const rollbackDeploymentId = 'rollback-1';
const about = { target: planned.target, digests: planned.digests, deployer: DEPLOYER };
const decision = { about, decisionId: 'decision-2', reasons: ['closed'], validUntil: '2026-03-02T11:01:00.000Z' };
const observation = (status: 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled') => ({
  status,
  occurredAt: '2026-03-02T09:30:00.000Z',
});

const requestOf = (kind: DeploymentKind): DeploymentRequest => ({
  ...planned,
  kind,
  ...(kind === 'rollback' && { undoes: 'deployment-1' }),
});

/** One or more of every command, so that each state it may lead to is reached. */
const commandsFor = (request: DeploymentRequest): { readonly [One in Type]: readonly DeploymentCommand[] } => ({
  RequestDeployment: [{ type: 'RequestDeployment', data: request }],
  AskForDecision: [{ type: 'AskForDecision', data: {} }],
  RecordDecision: [
    { type: 'RecordDecision', data: { ...decision, verdict: 'allow', askedAt: '2026-03-02T09:59:30.000Z' } },
    { type: 'RecordDecision', data: { ...decision, verdict: 'deny', askedAt: '2026-03-02T09:59:30.000Z' } },
    { type: 'RecordDecision', data: { ...decision, verdict: 'deny', askedAt: '2026-03-02T08:00:00.000Z' } },
  ],
  StartDeployment: [{ type: 'StartDeployment', data: {} }],
  PlanSteps: [{ type: 'PlanSteps', data: { steps: [{ step: 'migrate', plannedSeconds: 60 }] } }],
  ReportStep: [{ type: 'ReportStep', data: { step: 'migrate', percent: 40 } }],
  SwitchCutover: [{ type: 'SwitchCutover', data: { step: 'migrate', via: 'dns' } }],
  LinkLog: [{ type: 'LinkLog', data: { logId: 'log-1', url: 'sealed:v1:x' } }],
  StartStep: [{ type: 'StartStep', data: { step: 'switch' } }],
  SucceedStep: [{ type: 'SucceedStep', data: { step: 'migrate' } }],
  FailStep: [{ type: 'FailStep', data: { step: 'migrate', reason } }],
  TakeTraffic: [{ type: 'TakeTraffic', data: { percent: 10 } }],
  FinishDeployment: [{ type: 'FinishDeployment', data: {} }],
  FailDeployment: [{ type: 'FailDeployment', data: { reason } }],
  VerifyDeployment: (['passed', 'failed'] as const).map(outcome => ({
    type: 'VerifyDeployment',
    data: { outcome, checks: [], reason },
  })),
  CancelDeployment: [{ type: 'CancelDeployment', data: { reason } }],
  CorrectKind: [{ type: 'CorrectKind', data: { kind: request.kind, ...undoneBy(request), reason } }],
  ConfirmRemediation: [{ type: 'ConfirmRemediation', data: { record: 'incident', recordId: 'incident-1' } }],
  RejectRemediation: [{ type: 'RejectRemediation', data: { record: 'deployment', recordId: 'deployment-0', reason } }],
  StartRollback: [{ type: 'StartRollback', data: { rollbackDeploymentId, cause: 'fault', reason } }],
  CompleteRollback: [{ type: 'CompleteRollback', data: { rollbackDeploymentId } }],
  AbandonRollback: [{ type: 'AbandonRollback', data: { rollbackDeploymentId } }],
  ObserveDeployment: (['queued', 'running', 'succeeded', 'failed', 'canceled'] as const).map(status => ({
    type: 'ObserveDeployment',
    data: { request, occurredAt: '2026-03-02T09:00:00.000Z', observations: [observation(status)], reason },
  })),
  DetectUnauthorizedChange: [{ type: 'DetectUnauthorizedChange', data: { rules: ['change-authorized'], about } }],
});
const undoneBy = ({ undoes }: DeploymentRequest) => (undoes === undefined ? {} : { undoes });

const allowed = (until: string): DeploymentEvent => ({
  type: 'DeploymentAllowed',
  data: { decisionId: 'decision-1', validUntil: `2026-03-02T${until}:00.000Z`, ...at('09:30') },
});

/** Histories that lead to a state. */
const historiesOf = (request: DeploymentRequest): { readonly [One in State]: readonly DeploymentEvent[][] } => {
  const requested: DeploymentEvent = { type: 'DeploymentRequested', data: { ...request, ...at('09:00') } };
  const waiting: DeploymentEvent = {
    type: 'DeploymentWaiting',
    data: { decisionId: 'decision-1', reasons: ['closed'], ...at('09:30') },
  };
  const started: DeploymentEvent = { type: 'DeploymentStarted', data: at('09:40') };
  const migrating: DeploymentEvent = { type: 'StepStarted', data: { step: 'migrate', ...at('09:41') } };
  const migrated: DeploymentEvent = { type: 'StepSucceeded', data: { step: 'migrate', ...at('09:42') } };
  const finished: DeploymentEvent = { type: 'DeploymentFinished', data: at('09:45') };
  const succeeded: DeploymentEvent = { type: 'DeploymentSucceeded', data: at('09:50') };
  const failed: DeploymentEvent = { type: 'DeploymentFailed', data: { reason, ...at('09:50') } };
  const undoing: DeploymentEvent = {
    type: 'RollbackStarted',
    data: { rollbackDeploymentId, cause: 'fault', ...at('09:55') },
  };
  const undone: DeploymentEvent = {
    type: 'DeploymentRolledBack',
    data: { rollbackDeploymentId, cause: 'fault', ...at('09:57') },
  };
  const running = [requested, allowed('11:00'), started];
  const live = [...running, finished, succeeded];
  return {
    none: [[]],
    queued: [[requested], [requested, waiting, { type: 'DecisionRequested', data: { attempt: 2, ...at('09:35') } }]],
    waiting: [[requested, waiting]],
    allowed: [
      [requested, allowed('11:00')],
      [requested, allowed('09:59')],
    ],
    running: [
      [...running, migrating],
      [...running, migrating, migrated],
    ],
    verifying: [[...running, finished]],
    succeeded: [live],
    failed: [[...running, failed]],
    'rolling-back': [
      [...live, undoing],
      [...running, failed, undoing],
    ],
    'rolled-back': [[...live, undoing, undone]],
    canceled: [[requested, { type: 'DeploymentCanceled', data: { reason, ...at('09:50') } }]],
  };
};

const decide = (history: readonly DeploymentEvent[], intent: DeploymentCommand) => {
  const decided = deployment.decide(command(intent), fold(deployment, history));
  return isRejection(decided) ? decided : fold(deployment, [...history, ...decided]).status;
};

// What a state allows, of all that a command of that type may say: some of it is refused for what it says.
const FOR_WHAT_IT_SAYS = new Set(['decision-expired', 'steps-running', 'step-not-started']);

describe.each(KINDS)('of kind %s, a deployment', kind => {
  const request = requestOf(kind);
  const commands = commandsFor(request);
  const histories = historiesOf(request);

  describe.each(STATES)('that is %s', state => {
    it.each(Object.keys(commands) as Type[])('takes %s as the table says', type => {
      const outcomes = histories[state].flatMap(history => commands[type].map(intent => decide(history, intent)));
      const expected = MOVES[state][type];
      const reached = outcomes.filter(outcome => typeof outcome === 'string');
      expect(new Set(reached)).toEqual(new Set(expected ?? []));
      const refusals = outcomes.filter(outcome => typeof outcome !== 'string');
      for (const refusal of refusals)
        expect(refusal).toEqual({ rejected: expect.any(String) as string, reason: expect.any(String) as string });
      expect(refusals.filter(({ rejected }) => expected && !FOR_WHAT_IT_SAYS.has(rejected))).toEqual([]);
    });
  });

  it('is in the state that each history was made for', () => {
    for (const state of STATES)
      for (const history of histories[state]) expect(fold(deployment, history).status).toBe(state);
  });

  it('that is only observed is moved by its tool alone, and by a person who undoes or corrects it', () => {
    const observed = historiesOf({ ...request, pipelineRunId: 'run-1' });
    const refused = (Object.keys(commands) as Type[]).filter(type =>
      STATES.filter(state => state !== 'none').every(state =>
        observed[state].every(history =>
          commands[type].every(intent => {
            const outcome = decide(history, intent);
            return typeof outcome !== 'string' && outcome.rejected === 'observed-only';
          }),
        ),
      ),
    );
    expect(new Set(refused)).toEqual(
      new Set<Type>([
        'StartDeployment',
        'StartStep',
        'ReportStep',
        'SwitchCutover',
        'SucceedStep',
        'FailStep',
        'TakeTraffic',
        'FinishDeployment',
        'VerifyDeployment',
      ]),
    );
  });
});
