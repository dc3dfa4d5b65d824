import type { DeploymentEvent, ReleaseEvent, TargetEvent } from '@slipway/contracts';
import { type Recorded, stampOf } from '@slipway/event-sourcing';
import { deploymentCopy, type DeploymentCopy, targetCopy, type TargetCopy } from './deployment.copy.ts';
import { releaseCopy, type ReleaseCopy } from './release.copy.ts';

const recorded = <Event>(type: string, data: object, stream: string) =>
  ({
    type,
    stream,
    id: 'e',
    version: 1,
    correlationId: 'c',
    data: { ...data, ...stampOf('person-1') },
  }) as unknown as Recorded<Event & { type: string; data: object }>;

describe('what is live on a target', () => {
  const on = (type: TargetEvent['type'], deploymentId: string, digest?: string) =>
    recorded<TargetEvent>(
      type,
      { deploymentId, ...(digest && { live: { deploymentId, digests: [digest] } }) },
      'target-t',
    ) as Recorded<TargetEvent>;
  const after = (...events: Recorded<TargetEvent>[]): TargetCopy =>
    events.reduce<TargetCopy | undefined>(targetCopy, undefined) ?? { occupiedBy: null, live: null, before: [] };
  const liveBefore = ({ before }: TargetCopy, deployment: string) =>
    before.find(({ deploymentId }) => deploymentId === deployment)?.live?.deploymentId ?? null;
  const history = [on('TargetOccupied', 'd1'), on('TargetReleased', 'd1', 'a'), on('TargetOccupied', 'd2')];

  test('is known for each deployment as of just before it', () => {
    const copy = after(...history);
    expect(copy).toMatchObject({ occupiedBy: 'd2', live: { deploymentId: 'd1' } });
    expect([liveBefore(copy, 'd1'), liveBefore(copy, 'd2')]).toEqual([null, 'd1']);
  });

  test('stays what it was when a run ends without becoming live', () =>
    expect(after(...history, on('TargetReleased', 'd2'))).toMatchObject({
      occupiedBy: null,
      live: { deploymentId: 'd1' },
    }));

  test('keeps the lock of who pre-empted', () => {
    const copy = after(...history, on('TargetOccupied', 'd3'), on('TargetReleased', 'd2'));
    expect(copy).toMatchObject({ occupiedBy: 'd3' });
    expect(liveBefore(copy, 'd2')).toBe('d1');
  });

  test('is known also for a run that never held the lock', () =>
    expect(liveBefore(after(...history.slice(0, 2), on('TargetReleased', 'd9', 'b')), 'd9')).toBe('d1'));
});

describe('a release, for decisions', () => {
  const on = (type: ReleaseEvent['type'], data: object = {}) =>
    recorded<ReleaseEvent>(type, data, 'release-r') as Recorded<ReleaseEvent>;
  const need = (releaseId: string, state: 'Ready' | 'Closed') => ({ releaseId, state });
  const needs = (...of: Parameters<typeof need>) => on('ReleaseDependencyStated', need(...of));
  const deployment = (outcome: 'succeeded' | 'rolled-back') => ({
    deploymentId: 'd1',
    serviceId: 's',
    environmentId: 'e',
    outcome,
    tookTraffic: true,
  });
  const ended = (outcome: 'succeeded' | 'rolled-back', deploymentVersion: number) => ({
    ...deployment(outcome),
    deploymentVersion,
  });
  const drafted = on('ReleaseDrafted', { title: 'x', class: 'minor', changeModel: 'normal', owner: 'person-1' });
  const after = (...events: Recorded<ReleaseEvent>[]) =>
    [drafted, ...events].reduce<ReleaseCopy | undefined>(releaseCopy, undefined);

  test.each<[string, Recorded<ReleaseEvent>[], Partial<ReleaseCopy>]>([
    ['has no go yet', [], { go: false, held: false, open: true }],
    ['has its go', [on('ReleaseReady')], { go: true }],
    ['loses its go with the authorization', [on('ReleaseReady'), on('ReleaseAuthorizationLost')], { go: false }],
    [
      'keeps its go while it is deployed',
      [on('ReleaseReady'), on('ReleaseDeploymentStarted'), on('EarlyLifeSupportStarted')],
      { go: true },
    ],
    ['is held', [on('ReleaseHeld')], { held: true }],
    ['is no longer held', [on('ReleaseHeld'), on('ReleaseResumed')], { held: false }],
    ['is where it is in its life', [on('ReleaseReady'), on('ReleaseDeploymentStarted')], { state: 'Deploying' }],
    [
      'needs others',
      [needs('r2', 'Ready'), needs('r3', 'Closed')],
      { needs: [need('r2', 'Ready'), need('r3', 'Closed')] },
    ],
    ['needs one, said again', [needs('r2', 'Ready'), needs('r2', 'Closed')], { needs: [need('r2', 'Closed')] }],
    ['needs it no more', [needs('r2', 'Ready'), on('ReleaseDependencyWithdrawn', { releaseId: 'r2' })], { needs: [] }],
    [
      'knows what became of its deployments',
      [on('ReleaseTargetRecorded', ended('succeeded', 3)), on('ReleaseTargetRecorded', ended('rolled-back', 4))],
      { deployments: [deployment('rolled-back')] },
    ],
    ['is over', [on('ReleaseReady'), on('ReleaseWithdrawn')], { go: false, open: false }],
  ])('%s', (_, events, expected) => expect(after(...events)).toMatchObject(expected));

  test('another artifact is another content', () => {
    const artifact = { serviceId: 's', version: '1', digest: `sha256:${'a'.repeat(64)}`, commits: [] };
    const copy = after(on('ArtifactAttached', { artifact }));
    expect(copy?.digests).toEqual([artifact.digest]);
    expect(copy?.contentDigest).not.toBe(after()?.contentDigest);
    expect(after(on('ArtifactAttached', { artifact }), on('ArtifactDetached', artifact))?.contentDigest).toBe(
      after()?.contentDigest,
    );
  });
});

describe('a deployment, for decisions', () => {
  const on = (type: DeploymentEvent['type'], data: object = {}) =>
    recorded<DeploymentEvent>(type, data, 'deployment-d') as Recorded<DeploymentEvent>;
  const request = { kind: 'redeploy', target: { serviceId: 's', environmentId: 'e', wave: 1 }, digests: ['x'] };
  const after = (...events: Recorded<DeploymentEvent>[]) =>
    [on('DeploymentRequested', { ...request, deployer: 'person-1', releaseId: 'r' }), ...events].reduce<
      DeploymentCopy | undefined
    >(deploymentCopy, undefined);
  const rolling = on('RollbackStarted');

  test.each<[string, Recorded<DeploymentEvent>[], Partial<DeploymentCopy>]>([
    ['was asked for', [], { serviceId: 's', environmentId: 'e', digests: ['x'], rollingBack: false }],
    [
      'is of the kind that it was corrected to',
      [on('DeploymentKindCorrected', { kind: 'planned' })],
      { kind: 'planned' },
    ],
    ['succeeded', [on('DeploymentStarted'), on('DeploymentSucceeded')], { outcome: 'succeeded' }],
    ['failed its verification', [on('VerificationFailed')], { outcome: 'failed' }],
    ['is being rolled back', [on('DeploymentSucceeded'), rolling], { outcome: 'succeeded', rollingBack: true }],
    ['could not be', [rolling, on('RollbackFailed')], { rollingBack: false }],
    ['was rolled back', [rolling, on('DeploymentRolledBack')], { outcome: 'rolled-back', rollingBack: false }],
  ])('%s', (_, events, expected) => expect(after(...events)).toMatchObject(expected));

  test('runs from its first start', () => {
    expect(after()).not.toHaveProperty('startedAt');
    expect(after(on('DeploymentStarted'))?.startedAt).toEqual(expect.any(String));
  });
});
