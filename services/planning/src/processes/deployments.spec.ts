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
const place = { deploymentId: 'd1', serviceId: 'checkout', environmentId: 'eu' };
const others: readonly Partial<Requested['data']>[] = [
  { production: false },
  { kind: 'rollback', undoes: 'd0' },
  { kind: 'redeploy' },
  { kind: 'activation' },
];

describe('start-release-when-deployment-started', () => {
  const given = processSpecification(startReleaseWhenDeploymentStarted);

  test('tells the release of the production start', () => {
    expect(given().when(requested())).toEqual([]);
    expect(given(requested()).when(started)).toEqual([
      { to: 'release-r1', send: { type: 'StartReleaseDeployment', data: place } },
    ]);
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
  test.each(others)('ignores %j', facts =>
    expect(given(requested(facts)).when(succeeded)).toEqual([{ ignore: 'moves no release' }]),
  );
});
