import type { DecisionEvent, DeploymentEvent } from '@slipway/contracts';
import { processSpecification, stampOf } from '@slipway/event-sourcing';
import fc from 'fast-check';
import { decideWhenDeploymentRequested } from './decide-when-deployment-requested.ts';
import { flagChangeWhenUnauthorizedChangeDetected } from './flag-change-when-unauthorized-change-detected.ts';
import { implementChangeWhenDeploymentStarted } from './implement-change-when-deployment-started.ts';
import { recordRunElsewhereWhenDeploymentMoves } from './record-run-elsewhere-when-deployment-moves.ts';
import { settleTargetWhenDeploymentSettled } from './settle-target-when-deployment-settled.ts';

type On<Event> = Event & { stream: string };
const target = { serviceId: 'checkout', environmentId: 'production', wave: 1 };
const deployer = 'person-00000000-0000-4000-8000-000000000006';
const digests = [`sha256:${'a'.repeat(64)}`];

const on = <Type extends DeploymentEvent['type']>(type: Type, data: object = {}) =>
  ({ type, stream: 'deployment-d1', data: { ...data, ...stampOf(deployer) } }) as unknown as On<
    Extract<DeploymentEvent, { type: Type }>
  >;
const requested = on('DeploymentRequested', {
  kind: 'planned',
  target,
  production: true,
  digests,
  deployer,
  releaseId: 'r1',
  version: '2.4.0',
});
const started = on('DeploymentStarted');
const decided = (changeId?: string) =>
  ({
    type: 'DecisionTaken',
    stream: 'decision-x',
    data: { deploymentId: 'd1', verdict: 'allow', ...(changeId && { changeId }), ...stampOf(deployer) },
  }) as unknown as On<DecisionEvent>;

describe('decide-when-deployment-requested', () => {
  const given = processSpecification(decideWhenDeploymentRequested);
  const question = {
    deploymentId: 'd1',
    kind: 'planned',
    target,
    digests,
    deployer,
    releaseId: 'r1',
    patienceMs: 20_000,
  };

  test('asks once for the request', () =>
    expect(given().when(requested)).toEqual([
      { send: { type: 'AskDecision', data: question }, to: expect.stringMatching(/^decision-/) },
    ]));

  test('asks the same question again, as a decision of its own', () => {
    const targets = [
      given().when(requested),
      given(requested).when(on('DecisionRequested', { attempt: 2 })),
      given(requested).when(on('DecisionRequested', { attempt: 3 })),
    ].map(([instruction]) => instruction as { send: { data: object }; to: string });
    expect(targets.map(({ send }) => send.data)).toEqual([question, question, question]);
    expect(new Set(targets.map(({ to }) => to)).size).toBe(3);
  });

  test('asks for the kind that it was corrected to, when it is asked again', () => {
    const correction = on('DeploymentKindCorrected', { before: 'planned', kind: 'hotfix', undoes: 'd0' });
    expect(given(requested).when(correction)).toEqual([{ ignore: expect.any(String) }]);
    expect(given(requested, correction).when(on('DecisionRequested', { attempt: 2 }))).toMatchObject([
      { send: { data: { ...question, kind: 'hotfix', undoes: 'd0' } } },
    ]);
  });
});

describe('implement-change-when-deployment-started', () => {
  const given = processSpecification(implementChangeWhenDeploymentStarted);
  const recorded = [{ send: { type: 'RecordAttempt', data: { deploymentId: 'd1', target } }, to: 'change-c1' }];
  const ignored = [{ ignore: expect.any(String) }];

  test('tells the change that was decided upon', () =>
    expect(given(requested, decided('c1')).when(started)).toEqual(recorded));
  test('waits for the decision', () => {
    expect(given(requested).when(started)).toEqual(ignored);
    expect(given(requested, started).when(decided('c1'))).toEqual(recorded);
  });
  test('a decision without a change tells nobody', () =>
    expect(given(requested, started).when(decided())).toEqual(ignored));
  test('before production nobody is told', () =>
    expect(given(on('DeploymentRequested', { target, production: false }), decided('c1')).when(started)).toEqual(
      ignored,
    ));
  test('a hotfix that names what it mends undoes nothing', () =>
    expect(
      given(on('DeploymentRequested', { kind: 'hotfix', target, production: true, undoes: 'd0' }), decided('c1')).when(
        started,
      ),
    ).toEqual(recorded));
  test('a redeployment of what is live is no attempt', () =>
    expect(
      given(on('DeploymentRequested', { kind: 'redeploy', target, production: true }), decided('c1')).when(started),
    ).toEqual(ignored));
  test('a rollback says what it undoes', () =>
    expect(
      given(
        on('DeploymentRequested', { kind: 'rollback', target, production: true, undoes: 'd0' }),
        decided('c1'),
      ).when(started),
    ).toMatchObject([{ send: { data: { undoes: 'd0' } } }]));
});

describe('settle-target-when-deployment-settled', () => {
  const given = processSpecification(settleTargetWhenDeploymentSettled);

  test.each([
    ['DeploymentSucceeded', 'succeeded'],
    ['DeploymentFailed', 'failed'],
    ['VerificationFailed', 'failed'],
    ['DeploymentRolledBack', 'rolled-back'],
    ['DeploymentCanceled', 'not-deployed'],
  ] as const)('%s is %s', (type, outcome) =>
    expect(given(requested, decided('c1'), started).when(on(type))).toEqual([
      { send: { type: 'SettleTarget', data: { deploymentId: 'd1', target, outcome } }, to: 'change-c1' },
    ]),
  );

  test('nor does a redeployment that failed take back what succeeded', () => {
    const again = on('DeploymentRequested', { kind: 'redeploy', target, production: true });
    expect(given(again, decided('c1'), started).when(on('DeploymentFailed'))).toMatchObject([
      { ignore: expect.any(String) },
    ]);
  });

  test('what was canceled before it started is no attempt', () =>
    expect(given(requested, decided('c1')).when(on('DeploymentCanceled'))).toMatchObject([
      { ignore: expect.any(String) },
    ]));

  test('in whatever order the streams come, the last word is the same', () => {
    const stream = [requested, started, on('DeploymentSucceeded'), on('DeploymentRolledBack')];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: stream.length }), at => {
        const order = [...stream.slice(0, at), decided('c1'), ...stream.slice(at)];
        const told = order
          .flatMap((event, index) => given(...order.slice(0, index)).when(event))
          .filter(each => 'send' in each);
        expect(told.at(-1)).toMatchObject({ send: { data: { outcome: 'rolled-back' } }, to: 'change-c1' });
      }),
    );
  });
});

describe('record-run-elsewhere-when-deployment-moves', () => {
  const given = processSpecification(recordRunElsewhereWhenDeploymentMoves);
  const told = (outcome?: string) => [
    {
      send: { type: 'RecordElsewhere', data: { deploymentId: 'd1', target, digests, ...(outcome && { outcome }) } },
      to: 'change-c1',
    },
  ];
  const trial = (data: object = {}) =>
    on('DeploymentRequested', { kind: 'planned', target, production: false, digests, ...data });
  const ignored = [{ ignore: expect.any(String) }];

  test('tells the change that was decided upon how it goes, and how it ended', () => {
    expect(given(trial(), decided('c1')).when(started)).toEqual(told());
    expect(given(trial(), decided('c1'), started).when(on('DeploymentSucceeded'))).toEqual(told('succeeded'));
    expect(given(trial(), started, on('DeploymentFailed')).when(decided('c1'))).toEqual(told('failed'));
    expect(given(trial(), decided('c1'), started).when(on('DeploymentRolledBack'))).toEqual(told('rolled-back'));
  });
  test('tells nobody of what did not start, is in production, undoes, runs once more, or is under no change', () => {
    expect(given(trial(), decided('c1')).when(on('DeploymentCanceled'))).toEqual(ignored);
    expect(given(requested, decided('c1')).when(started)).toEqual(ignored);
    expect(given(trial({ kind: 'rollback', undoes: 'd0' }), decided('c1')).when(started)).toEqual(ignored);
    expect(given(trial({ kind: 'redeploy' }), decided('c1')).when(started)).toEqual(ignored);
    expect(given(trial(), decided()).when(started)).toEqual(ignored);
  });
});

describe('flag-change-when-unauthorized-change-detected', () => {
  const given = processSpecification(flagChangeWhenUnauthorizedChangeDetected);
  const detected = on('UnauthorizedChangeDetected', { rules: ['inside-window'] });
  const flagged = [
    { send: { type: 'FlagUnauthorized', data: { deploymentId: 'd1', rules: ['inside-window'] } }, to: 'change-c1' },
  ];

  test('in both orders', () => {
    expect(given(decided('c1')).when(detected)).toEqual(flagged);
    expect(given(detected).when(decided('c1'))).toEqual(flagged);
  });
  test('not without a change', () =>
    expect(given(decided()).when(detected)).toMatchObject([{ ignore: expect.any(String) }]));
});
