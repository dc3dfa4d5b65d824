import type { DeploymentEvent, DeploymentKind } from '@slipway/contracts';
import { specification } from '@slipway/event-sourcing';
import { deployment } from './deployment.ts';
import type { DeploymentCommand, RecordedDecision } from './deployment-commands.ts';
import { at, command, DEPLOYER, observed, planned, rollback } from './examples.ts';

const given = specification(deployment);
const rejected = (code: string) => ({ rejected: code, reason: expect.any(String) as string });
const about = { target: planned.target, digests: planned.digests, deployer: DEPLOYER };

const REQUESTED: DeploymentEvent = { type: 'DeploymentRequested', data: { ...planned, ...at('09:00') } };
const OBSERVED: DeploymentEvent = { type: 'DeploymentRequested', data: { ...observed, ...at('09:00') } };
const ALLOWED: DeploymentEvent = {
  type: 'DeploymentAllowed',
  data: { decisionId: 'decision-1', validUntil: '2026-03-02T10:01:00.000Z', ...at('09:59') },
};
const STILL_ALLOWED: DeploymentEvent = {
  type: 'DeploymentAllowed',
  data: { decisionId: 'decision-1', validUntil: '2026-03-02T11:00:00.000Z', ...at('09:59') },
};
const WAITING: DeploymentEvent = {
  type: 'DeploymentWaiting',
  data: { decisionId: 'decision-1', reasons: ['change-authorized: CHG-1 is in Assess'], ...at('09:30') },
};
const STARTED: DeploymentEvent = { type: 'DeploymentStarted', data: { decisionId: 'decision-1', ...at('10:00') } };
const STEP: DeploymentEvent = { type: 'StepStarted', data: { step: 'migrate', ...at('10:01') } };
const TRAFFIC: DeploymentEvent = { type: 'TrafficTaken', data: { percent: 10, ...at('10:05') } };
const FINISHED: DeploymentEvent = { type: 'DeploymentFinished', data: at('10:10') };
const SUCCEEDED: DeploymentEvent = { type: 'DeploymentSucceeded', data: at('10:20') };
const FAILED: DeploymentEvent = { type: 'DeploymentFailed', data: { reason: 'sealed:v1:x', ...at('10:20') } };
const CANCELED: DeploymentEvent = { type: 'DeploymentCanceled', data: { reason: 'sealed:v1:x', ...at('10:20') } };
const UNDOING: DeploymentEvent = {
  type: 'RollbackStarted',
  data: { rollbackDeploymentId: 'rollback-1', cause: 'fault', ...at('10:30') },
};
const UNDONE: DeploymentEvent = {
  type: 'DeploymentRolledBack',
  data: { rollbackDeploymentId: 'rollback-1', cause: 'fault', ...at('10:40') },
};

const RUNNING = [REQUESTED, ALLOWED, STARTED];
const VERIFYING = [...RUNNING, TRAFFIC, FINISHED];
const LIVE = [...VERIFYING, SUCCEEDED];

const decision = (verdict: 'allow' | 'deny', askedAt: string): RecordedDecision => ({
  about,
  decisionId: 'decision-2',
  verdict,
  askedAt,
  validUntil: '2026-03-02T11:01:00.000Z',
  reasons: verdict === 'deny' ? ['inside-window: the window is closed'] : [],
});

describe('requesting', () => {
  it('asks for the decision', () => {
    expect(given().when(command({ type: 'RequestDeployment', data: planned }))).toEqual([
      { type: 'DeploymentRequested', data: { ...planned, ...at('10:00') } },
    ]);
  });

  it.each([
    ['already-requested', [REQUESTED], planned],
    ['digests-required', [], { ...planned, digests: [] }],
    ['undoes-required', [], { ...planned, kind: 'rollback' as const }],
    ['undoes-nothing', [], { ...planned, undoes: 'deployment-1' }],
  ])('%s', (code, history, data) => {
    expect(given(...history).when(command({ type: 'RequestDeployment', data }))).toEqual(rejected(code));
  });

  it('of a rollback names what it undoes, and a hotfix may name what it mends', () => {
    expect(given().when(command({ type: 'RequestDeployment', data: rollback }))).toHaveLength(1);
    expect(given().when(command({ type: 'RequestDeployment', data: { ...rollback, kind: 'hotfix' } }))).toHaveLength(1);
  });
});

describe('a decision', () => {
  const record = (data: RecordedDecision) => command({ type: 'RecordDecision', data });

  it('lets it start, as of when it was asked', () => {
    expect(given(REQUESTED).when(record(decision('allow', '2026-03-02T09:58:00.000Z')))).toEqual([
      {
        type: 'DeploymentAllowed',
        data: {
          decisionId: 'decision-2',
          validUntil: '2026-03-02T11:01:00.000Z',
          ...at('10:00'),
          occurredAt: '2026-03-02T09:58:00.000Z',
        },
      },
    ]);
  });

  it('lets it wait, with its reasons and the next opening', () => {
    const denied = { ...decision('deny', '2026-03-02T09:58:00.000Z'), nextOpening: '2026-03-03T09:00:00.000Z' };
    expect(given(REQUESTED).when(record(denied))).toMatchObject([
      {
        type: 'DeploymentWaiting',
        data: { reasons: ['inside-window: the window is closed'], nextOpening: '2026-03-03T09:00:00.000Z' },
      },
    ]);
  });

  it('that was asked for earlier than the one that counts changes nothing', () => {
    expect(given(REQUESTED, WAITING).when(record(decision('allow', '2026-03-02T09:29:00.000Z')))).toEqual([]);
  });

  it('takes an allow back when a later one denies', () => {
    expect(given(REQUESTED, ALLOWED).when(record(decision('deny', '2026-03-02T09:59:30.000Z')))).toMatchObject([
      { type: 'DeploymentWaiting' },
    ]);
  });

  it('that comes after the end changes nothing', () => {
    expect(given(...LIVE).when(record(decision('deny', '2026-03-02T11:00:00.000Z')))).toEqual([]);
  });

  it.each([
    { ...about, deployer: 'person-00000000-0000-4000-8000-000000000002' },
    { ...about, digests: [`sha256:${'b'.repeat(64)}`] },
    { ...about, target: { ...about.target, environmentId: 'staging' } },
    { ...about, target: { ...about.target, serviceId: 'payment' } },
  ])('on something else is a decision-mismatch: %j', other => {
    const elsewhere = { ...decision('allow', '2026-03-02T09:58:00.000Z'), about: other };
    expect(given(REQUESTED).when(record(elsewhere))).toEqual(rejected('decision-mismatch'));
    expect(
      given(OBSERVED).when(command({ type: 'DetectUnauthorizedChange', data: { rules: ['x'], about: other } })),
    ).toEqual(rejected('decision-mismatch'));
  });

  it('is asked for again after a deny, or when the allow has expired', () => {
    const ask: DeploymentCommand = { type: 'AskForDecision', data: {} };
    const again = [{ type: 'DecisionRequested', data: { attempt: 2, ...at('11:00') } }];
    expect(given(REQUESTED, WAITING).when(command(ask, '11:00'))).toEqual(again);
    expect(given(REQUESTED, ALLOWED).when(command(ask, '11:00'))).toEqual(again);
    expect(given(REQUESTED, ALLOWED).when(command(ask, '10:00'))).toEqual([]);
    expect(given(REQUESTED).when(command(ask, '11:00'))).toEqual([]);
    expect(given(...LIVE).when(command(ask, '11:00'))).toEqual(rejected('wrong-state'));
  });
});

describe('starting', () => {
  const start = command({ type: 'StartDeployment', data: {} });

  it('names the decision', () => {
    expect(given(REQUESTED, ALLOWED).when(start)).toEqual([
      {
        type: 'DeploymentStarted',
        data: { decisionId: 'decision-1', validUntil: '2026-03-02T10:01:00.000Z', ...at('10:00') },
      },
    ]);
  });

  it.each([
    ['not-allowed', [REQUESTED], '10:00'],
    ['not-allowed', [REQUESTED, WAITING], '10:00'],
    [
      'not-allowed',
      [
        REQUESTED,
        ALLOWED,
        { type: 'DecisionRequested', data: { attempt: 2, ...at('10:00') } } satisfies DeploymentEvent,
      ],
      '10:00',
    ],
    ['decision-expired', [REQUESTED, ALLOWED], '10:02'],
    ['wrong-state', RUNNING, '10:00'],
    ['wrong-state', [REQUESTED, CANCELED], '10:00'],
    ['observed-only', [OBSERVED], '10:00'],
    ['no-deployment', [], '10:00'],
  ])('%s', (code, history, time) => {
    expect(given(...history).when(command({ type: 'StartDeployment', data: {} }, time))).toEqual(rejected(code));
  });

  it('says why it was denied', () => {
    expect(given(REQUESTED, WAITING).when(start)).toMatchObject({
      reason: 'Denied: change-authorized: CHG-1 is in Assess',
    });
  });
});

describe('running', () => {
  it.each<[DeploymentCommand, DeploymentEvent[], string]>([
    [{ type: 'StartStep', data: { step: 'migrate' } }, RUNNING, 'StepStarted'],
    [{ type: 'SucceedStep', data: { step: 'migrate' } }, [...RUNNING, STEP], 'StepSucceeded'],
    [{ type: 'FailStep', data: { step: 'migrate', reason: 'sealed:v1:x' } }, [...RUNNING, STEP], 'StepFailed'],
    [{ type: 'TakeTraffic', data: { percent: 10 } }, RUNNING, 'TrafficTaken'],
    [{ type: 'TakeTraffic', data: { percent: 100 } }, [...RUNNING, TRAFFIC], 'TrafficTaken'],
    [{ type: 'FinishDeployment', data: {} }, RUNNING, 'DeploymentFinished'],
    [{ type: 'FailDeployment', data: { reason: 'sealed:v1:x' } }, RUNNING, 'DeploymentFailed'],
    [{ type: 'CancelDeployment', data: { reason: 'sealed:v1:x' } }, [REQUESTED, WAITING], 'DeploymentCanceled'],
  ])('%j', (intent, history, type) => {
    expect(given(...history).when(command(intent))).toMatchObject([{ type }]);
  });

  it.each<[DeploymentCommand, DeploymentEvent[]]>([
    [{ type: 'StartStep', data: { step: 'migrate' } }, [...RUNNING, STEP]],
    [
      { type: 'SucceedStep', data: { step: 'migrate' } },
      [...RUNNING, STEP, { type: 'StepSucceeded', data: { step: 'migrate', ...at('10:02') } }],
    ],
    [{ type: 'TakeTraffic', data: { percent: 10 } }, [...RUNNING, TRAFFIC]],
    [{ type: 'FinishDeployment', data: {} }, VERIFYING],
    [{ type: 'FailDeployment', data: { reason: 'sealed:v1:x' } }, [...RUNNING, FAILED]],
    [{ type: 'CancelDeployment', data: { reason: 'sealed:v1:x' } }, [REQUESTED, CANCELED]],
  ])('already so: %j', (intent, history) => {
    expect(given(...history).when(command(intent))).toEqual([]);
  });

  it.each<[string, DeploymentCommand, DeploymentEvent[]]>([
    ['wrong-state', { type: 'StartStep', data: { step: 'migrate' } }, [REQUESTED, ALLOWED]],
    ['wrong-state', { type: 'TakeTraffic', data: {} }, LIVE],
    ['wrong-state', { type: 'FinishDeployment', data: {} }, [REQUESTED]],
    ['wrong-state', { type: 'FailDeployment', data: { reason: 'sealed:v1:x' } }, VERIFYING],
    ['wrong-state', { type: 'CancelDeployment', data: { reason: 'sealed:v1:x' } }, RUNNING],
    ['wrong-state', { type: 'VerifyDeployment', data: { outcome: 'passed', checks: [], reason: '' } }, RUNNING],
    ['step-not-started', { type: 'SucceedStep', data: { step: 'migrate' } }, RUNNING],
    ['step-not-started', { type: 'FailStep', data: { step: 'migrate', reason: 'sealed:v1:x' } }, RUNNING],
    ['steps-running', { type: 'FinishDeployment', data: {} }, [...RUNNING, STEP]],
    ['observed-only', { type: 'FinishDeployment', data: {} }, [OBSERVED, STARTED]],
  ])('%s: %j', (code, intent, history) => {
    expect(given(...history).when(command(intent))).toEqual(rejected(code));
  });

  describe('told of what happened before', () => {
    const told = (intent: DeploymentCommand, occurredAt: string) => ({
      ...command(intent, '10:30'),
      stamp: { ...at('10:30'), occurredAt },
    });
    const commands: readonly (readonly [DeploymentCommand, readonly DeploymentEvent[]])[] = [
      [{ type: 'StartDeployment', data: {} }, [REQUESTED, STILL_ALLOWED]],
      [{ type: 'StartStep', data: { step: 'migrate' } }, RUNNING],
      [{ type: 'SucceedStep', data: { step: 'migrate' } }, [...RUNNING, STEP]],
      [{ type: 'FailStep', data: { step: 'migrate', reason: 'sealed:v1:x' } }, [...RUNNING, STEP]],
      [{ type: 'TakeTraffic', data: {} }, RUNNING],
      [{ type: 'FinishDeployment', data: {} }, RUNNING],
      [{ type: 'FailDeployment', data: { reason: 'sealed:v1:x' } }, RUNNING],
      [{ type: 'VerifyDeployment', data: { outcome: 'passed', checks: [], reason: '' } }, VERIFYING],
    ];

    it.each(commands)('%j', (intent, history) => {
      const since = (occurredAt: string) => given(...history).when(told(intent, occurredAt));
      // Before what was told last, and as long ago as it may be.
      for (const occurredAt of ['2026-03-02T09:10:00.000Z', '2026-01-31T10:30:00.000Z'])
        expect(since(occurredAt)).toContainEqual(
          expect.objectContaining({ data: expect.objectContaining({ ...at('10:30'), occurredAt }) as object }),
        );
      expect(since('2026-01-31T10:29:59.999Z')).toEqual(rejected('too-long-ago'));
      expect(since('2026-03-02T10:30:00.001Z')).toEqual(rejected('in-the-future'));
    });

    it('does not bring an expired allow back', () => {
      const start = told({ type: 'StartDeployment', data: {} }, '2026-03-02T10:00:00.000Z');
      expect(given(REQUESTED, ALLOWED).when(start)).toEqual(rejected('decision-expired'));
    });

    it('is for what its tool reports: an instruction may come at any time', () => {
      const record = told(
        { type: 'RecordDecision', data: decision('allow', '2025-12-01T00:00:00.000Z') },
        '2025-12-01T00:00:00.000Z',
      );
      expect(given(REQUESTED).when(record)).toMatchObject([{ type: 'DeploymentAllowed' }]);
    });
  });

  describe('asked again, and the answer was no', () => {
    const halted = [...RUNNING, STEP, WAITING];

    it.each<DeploymentCommand>([
      { type: 'StartStep', data: { step: 'switch' } },
      { type: 'SucceedStep', data: { step: 'migrate' } },
      { type: 'TakeTraffic', data: {} },
      { type: 'FinishDeployment', data: {} },
    ])('goes no further: %j', intent => {
      expect(given(...halted).when(command(intent))).toEqual(rejected('decision-denied'));
    });

    it('may fail, and goes on after a fresh allow', () => {
      expect(
        given(...halted).when(command({ type: 'FailStep', data: { step: 'migrate', reason: 'sealed:v1:x' } })),
      ).toHaveLength(1);
      expect(given(...halted).when(command({ type: 'FailDeployment', data: { reason: 'sealed:v1:x' } }))).toHaveLength(
        1,
      );
      expect(given(...halted, ALLOWED).when(command({ type: 'SucceedStep', data: { step: 'migrate' } }))).toHaveLength(
        1,
      );
    });
  });
});

describe('verifying', () => {
  it('succeeds', () => {
    const verify = command({ type: 'VerifyDeployment', data: { outcome: 'passed', checks: ['smoke'], reason: '' } });
    expect(given(...VERIFYING).when(verify)).toEqual([
      { type: 'VerificationPassed', data: { checks: ['smoke'], ...at('10:00') } },
      { type: 'DeploymentSucceeded', data: at('10:00') },
    ]);
  });

  it('fails', () => {
    const verify = command({
      type: 'VerifyDeployment',
      data: { outcome: 'failed', checks: ['smoke'], reason: 'sealed:v1:x' },
    });
    expect(given(...VERIFYING).when(verify)).toEqual([
      { type: 'VerificationFailed', data: { checks: ['smoke'], reason: 'sealed:v1:x', ...at('10:00') } },
    ]);
  });
});

describe('being rolled back', () => {
  const undo = command({
    type: 'StartRollback',
    data: { rollbackDeploymentId: 'rollback-1', cause: 'fault', reason: 'sealed:v1:x' },
  });

  it('fails first when it still runs', () => {
    expect(given(...RUNNING).when(undo)).toMatchObject([
      { type: 'DeploymentFailed' },
      { type: 'RollbackStarted', data: { cause: 'fault' } },
    ]);
    expect(given(...VERIFYING).when(undo)).toMatchObject([{ type: 'DeploymentFailed' }, { type: 'RollbackStarted' }]);
    expect(given(...LIVE).when(undo)).toMatchObject([{ type: 'RollbackStarted' }]);
    expect(given(...RUNNING, FAILED).when(undo)).toMatchObject([{ type: 'RollbackStarted' }]);
  });

  it.each([
    ['not-started', [REQUESTED, ALLOWED]],
    ['not-started', [REQUESTED, CANCELED]],
    ['rollback-in-progress', [...LIVE, UNDOING]],
    ['wrong-state', [...LIVE, UNDOING, UNDONE]],
  ])('%s', (code, history) => {
    expect(given(...history).when(undo)).toEqual(rejected(code));
  });

  it('ends as rolled back', () => {
    const complete = command({ type: 'CompleteRollback', data: { rollbackDeploymentId: 'rollback-1' } });
    expect(given(...LIVE, UNDOING).when(complete)).toMatchObject([
      { type: 'DeploymentRolledBack', data: { cause: 'fault' } },
    ]);
    expect(given(...LIVE, UNDOING, UNDONE).when(complete)).toEqual(rejected('no-such-rollback'));
  });

  it('is where it was when the rollback did not succeed, and can be tried again', () => {
    const abandon = command({ type: 'AbandonRollback', data: { rollbackDeploymentId: 'rollback-1' } });
    const abandoned = given(...LIVE, UNDOING).when(abandon) as DeploymentEvent[];
    expect(abandoned).toMatchObject([{ type: 'RollbackFailed' }]);
    expect(given(...LIVE, UNDOING, ...abandoned).when(undo)).toHaveLength(1);
    expect(
      given(...LIVE, UNDOING).when(command({ type: 'AbandonRollback', data: { rollbackDeploymentId: 'other' } })),
    ).toEqual(rejected('no-such-rollback'));
  });
});

describe('a wrong kind', () => {
  const correct = (data: { kind: DeploymentKind; undoes?: string }) =>
    command({ type: 'CorrectKind', data: { ...data, reason: 'sealed:v1:x' } });

  it('is corrected once it has started, with a reason', () => {
    expect(given(...LIVE).when(correct({ kind: 'redeploy' }))).toEqual([
      {
        type: 'DeploymentKindCorrected',
        data: { before: 'planned', kind: 'redeploy', reason: 'sealed:v1:x', ...at('10:00') },
      },
    ]);
    const corrected = given(OBSERVED, STARTED).when(correct({ kind: 'hotfix', undoes: 'a' })) as DeploymentEvent[];
    expect(given(OBSERVED, STARTED, ...corrected).when(correct({ kind: 'hotfix', undoes: 'a' }))).toEqual([]);
    expect(given(OBSERVED, STARTED, ...corrected).when(correct({ kind: 'planned' }))).toMatchObject([
      { data: { before: 'hotfix' } },
    ]);
  });

  it.each<[string, DeploymentEvent[], { kind: DeploymentKind; undoes?: string }]>([
    ['not-started', [REQUESTED, ALLOWED], { kind: 'hotfix' }],
    ['not-started', [REQUESTED, CANCELED], { kind: 'hotfix' }],
    ['undoes-required', LIVE, { kind: 'rollback' }],
    ['undoes-nothing', LIVE, { kind: 'redeploy', undoes: 'a' }],
    [
      'is-rollback',
      [{ type: 'DeploymentRequested', data: { ...rollback, ...at('09:00') } }, ALLOWED, STARTED],
      { kind: 'planned' },
    ],
    ['no-deployment', [], { kind: 'hotfix' }],
  ])('%s', (code, history, data) => {
    expect(given(...history).when(correct(data))).toEqual(rejected(code));
  });
});

describe('an observed deployment', () => {
  const detect = command({ type: 'DetectUnauthorizedChange', data: { rules: ['change-authorized'], about } });

  it('does not wait: in production, a no makes it an unauthorized change, once', () => {
    expect(
      given(OBSERVED, STARTED).when(
        command({ type: 'RecordDecision', data: decision('deny', '2026-03-02T10:00:00.000Z') }),
      ),
    ).toEqual([]);
    const detected = given(OBSERVED, STARTED).when(detect) as DeploymentEvent[];
    expect(detected).toEqual([
      {
        type: 'UnauthorizedChangeDetected',
        data: { rules: ['change-authorized'], pipelineRunId: 'run-1', ...at('10:00') },
      },
    ]);
    expect(given(OBSERVED, STARTED, ...detected).when(detect)).toEqual([]);
  });

  it('that was allowed is none, and neither is one outside of production or one that waited for its decision', () => {
    expect(given(OBSERVED, STARTED, ALLOWED).when(detect)).toEqual([]);
    expect(
      given({ type: 'DeploymentRequested', data: { ...observed, production: false, ...at('09:00') } }).when(detect),
    ).toEqual([]);
    expect(given(REQUESTED).when(detect)).toEqual([]);
  });

  it('keeps its state when the allow comes late', () => {
    const allowed = given(OBSERVED, STARTED).when(
      command({ type: 'RecordDecision', data: decision('allow', '2026-03-02T10:00:00.000Z') }),
    ) as DeploymentEvent[];
    expect(allowed).toMatchObject([{ type: 'DeploymentAllowed' }]);
    expect(
      given(OBSERVED, STARTED, ...allowed).when(command({ type: 'FailDeployment', data: { reason: 'sealed:v1:x' } })),
    ).toHaveLength(1);
  });
});
