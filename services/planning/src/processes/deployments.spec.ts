import type { DeploymentEvent } from '@slipway/contracts';
import { processSpecification, stampOf } from '@slipway/event-sourcing';
import { digest, eu, rita, sealed } from '../domain/example.ts';
import { settleReleaseWhenTargetsSettled } from './settle-release-when-targets-settled.ts';
import { startReleaseWhenDeploymentStarted } from './start-release-when-deployment-started.ts';

const stamp = stampOf(rita);
type Requested = Extract<DeploymentEvent, { type: 'DeploymentRequested' }>;
const at = { stream: 'deployment-d1' } as const;
const requested = (facts: Partial<Requested['data']> = {}) =>
  ({
    ...at,
    type: 'DeploymentRequested',
    data: {
      ...stamp,
      kind: 'planned',
      target: eu,
      production: true,
      digests: [digest('a')],
      deployer: rita,
      releaseId: 'r1',
      ...facts,
    },
  }) as const;
const started = { ...at, type: 'DeploymentStarted', data: stamp } as const;
const traffic = { ...at, type: 'TrafficTaken', data: stamp } as const;
const verificationFailed = {
  ...at,
  type: 'VerificationFailed',
  data: { ...stamp, checks: [], reason: sealed },
} as const;
const failed = { ...at, type: 'DeploymentFailed', data: { ...stamp, reason: sealed } } as const;
const succeeded = { ...at, type: 'DeploymentSucceeded', data: stamp } as const;
const rolledBack = {
  ...at,
  type: 'DeploymentRolledBack',
  data: { ...stamp, rollbackDeploymentId: 'd2', cause: 'fault' },
} as const;
const corrected = (before: Requested['data']['kind'], kind: Requested['data']['kind']) =>
  ({ ...at, type: 'DeploymentKindCorrected', data: { ...stamp, before, kind, reason: sealed } }) as const;
const again = requested({ kind: 'redeploy' });
const toPlanned = corrected('redeploy', 'planned');
const toRedeploy = corrected('planned', 'redeploy');
const place = { deploymentId: 'd1', serviceId: 'checkout', environmentId: 'eu' };
const others: readonly Partial<Requested['data']>[] = [
  { production: false },
  { kind: 'rollback', undoes: 'd0' },
  { kind: 'redeploy' },
  { kind: 'activation' },
];

describe('start-release-when-deployment-started', () => {
  const given = processSpecification(startReleaseWhenDeploymentStarted);
  const starts = (deploymentVersion: number) => [
    { to: 'release-r1', send: { type: 'StartReleaseDeployment', data: { ...place, deploymentVersion } } },
  ];

  test('tells the release of the production start', () => {
    expect(given().when(requested())).toEqual([]);
    expect(given(requested()).when(started)).toEqual(starts(2));
  });
  test('tells it when the kind is corrected to one that moves it, started before or after', () => {
    expect(given(again, started).when(toPlanned)).toEqual(starts(3));
    expect(given(again).when(toPlanned)).toEqual([]);
    expect(given(again, toPlanned).when(started)).toEqual(starts(3));
  });
  test('does not tell it twice, nor of what moves none any more', () => {
    expect(given(requested(), started).when(corrected('planned', 'hotfix'))).toEqual([]);
    expect(given(requested(), toRedeploy).when(started)).toEqual([{ ignore: 'moves no release' }]);
  });
  test.each(others)('ignores %j', facts =>
    expect(given(requested(facts)).when(started)).toEqual([{ ignore: 'moves no release' }]),
  );
  test('ignores a deployment of no release', () => {
    const { releaseId: _, ...data } = requested().data;
    expect(given({ ...requested(), data }).when(started)).toEqual([{ ignore: 'moves no release' }]);
  });
});

describe('settle-release-when-targets-settled', () => {
  const given = processSpecification(settleReleaseWhenTargetsSettled);
  const records = (deploymentVersion: number, outcome: string, tookTraffic: boolean) => [
    {
      to: 'release-r1',
      send: { type: 'RecordTarget', data: { ...place, deploymentVersion, outcome, tookTraffic } },
    },
  ];

  test('tells the release what became of a deployment', () => {
    expect(given(requested()).when(traffic)).toEqual([]);
    expect(given(requested()).when(succeeded)).toEqual(records(2, 'succeeded', true));
    expect(given(requested(), succeeded).when(rolledBack)).toEqual(records(3, 'rolled-back', true));
  });
  test('and whether what failed had taken traffic', () => {
    expect(given(requested()).when(failed)).toEqual(records(2, 'failed', false));
    expect(given(requested(), traffic).when(verificationFailed)).toEqual(records(3, 'failed', true));
    expect(given(requested(), failed).when(rolledBack)).toEqual(records(3, 'rolled-back', false));
  });
  test('tells it when the kind is corrected to one that moves it, as it stands then', () => {
    expect(given(again, started, succeeded).when(toPlanned)).toEqual(records(4, 'succeeded', true));
    expect(given(again, started).when(toPlanned)).toEqual([]);
    expect(given(again, started, toPlanned).when(failed)).toEqual(records(4, 'failed', false));
  });
  test('takes it back when the kind is corrected to one that does not', () => {
    const dismissed = (deploymentVersion: number) => [
      { to: 'release-r1', send: { type: 'DismissDeployment', data: { ...place, deploymentVersion } } },
    ];
    expect(given(requested(), started).when(toRedeploy)).toEqual(dismissed(3));
    expect(given(requested(), started, succeeded).when(toRedeploy)).toEqual(dismissed(4));
    expect(given(requested()).when(toRedeploy)).toEqual([]);
    expect(given(requested(), toRedeploy).when(succeeded)).toEqual([{ ignore: 'moves no release' }]);
  });
  test('says nothing where the kinds move a release alike', () => {
    const ignored = [{ ignore: 'moves a release as it did, or none' }];
    expect(given(requested(), succeeded).when(corrected('planned', 'hotfix'))).toEqual(ignored);
    expect(given(again, succeeded).when(corrected('redeploy', 'activation'))).toEqual(ignored);
  });
  test.each(others)('ignores %j', facts =>
    expect(given(requested(facts)).when(succeeded)).toEqual([{ ignore: 'moves no release' }]),
  );
});
