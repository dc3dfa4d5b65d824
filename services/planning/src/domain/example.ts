import { digestOf } from '@slipway/canonical';
import { type Artifact, contentOf, type ReleaseEvent, type RollbackPlan, type Target } from '@slipway/contracts';
import { type Stamped, stampOf } from '@slipway/event-sourcing';
import type { ReleaseCommand } from './release-commands.ts';

// A release of one service into two production regions, for examples.

export const rita = 'person-00000000-0000-4000-8000-000000000001';
export const stamp = stampOf(rita);

type DataOf<Messages extends { type: string; data: object }, Type> = Extract<Messages, { type: Type }>['data'];

export const event = <Type extends ReleaseEvent['type']>(
  type: Type,
  facts: Omit<DataOf<ReleaseEvent, Type>, keyof typeof stamp>,
): ReleaseEvent => ({ type, data: { ...stamp, ...facts } }) as ReleaseEvent;

export const command = <Type extends ReleaseCommand['type']>(
  type: Type,
  data: DataOf<ReleaseCommand, Type>,
): Stamped<ReleaseCommand> => ({ type, data, stamp }) as Stamped<ReleaseCommand>;

export const sealed = 'sealed:v1:words';
export const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

export const artifact = (serviceId: string, letter = 'a'): Artifact => ({
  serviceId,
  version: '2.4.0',
  purl: `pkg:oci/${serviceId}@2.4.0`,
  digest: digest(letter),
  repository: `example/${serviceId}`,
  commits: [{ sha: 'c'.repeat(40), author: rita, committedAt: '2026-02-27T15:04:05Z' }],
});

export const window = { start: '2026-03-03T20:00:00Z', end: '2026-03-03T22:00:00Z' };
export const eu: Target = { serviceId: 'checkout', environmentId: 'eu', wave: 1 };
export const us: Target = { serviceId: 'checkout', environmentId: 'us', wave: 2 };
export const staging: Target = { serviceId: 'checkout', environmentId: 'staging', wave: 1 };
export const both = { targets: [staging, eu, us], productionEnvironmentIds: ['eu', 'us'] };
export const plan: RollbackPlan = { steps: sealed, digest: digest('d'), backoutMinutes: 15, triggers: [] };

const drafted = event('ReleaseDrafted', { title: 'Checkout 2.4', class: 'minor', owner: rita, changeModel: 'normal' });
export const draft = [drafted, event('ArtifactAttached', { artifact: artifact('checkout') })] as const;
export const planned = [...draft, event('ReleaseScheduled', { window, ...both })] as const;
export const contentDigest = digestOf(
  contentOf({ scope: [], artifacts: [artifact('checkout')], targets: both.targets }),
);
export const changeAuthorized = event('ReleaseChangeRecorded', {
  changeId: 'change',
  changeVersion: 5,
  standing: 'authorized',
  contentDigest,
});
const authorization = event('ReleaseAuthorized', { changeIds: ['change'], contentDigest });
export const authorized = [...planned, changeAuthorized, authorization] as const;
export const ready = [...authorized, event('ReleaseReady', {})] as const;
export const deploying = [...ready, event('ReleaseDeploymentStarted', { deploymentId: 'first' })] as const;

export const recorded = (
  deploymentId: string,
  { serviceId, environmentId }: Target,
  outcome: 'succeeded' | 'failed' | 'rolled-back',
  { deploymentVersion = 9, tookTraffic = outcome !== 'failed' } = {},
) => ({ deploymentId, deploymentVersion, serviceId, environmentId, outcome, tookTraffic });

export const live = [
  ...deploying,
  event('ReleaseTargetRecorded', recorded('first', eu, 'succeeded')),
  event('ReleaseTargetRecorded', recorded('second', us, 'succeeded')),
  event('EarlyLifeSupportStarted', {}),
] as const;
export const inReview = [...live, event('ReleaseReviewStarted', {})] as const;
