import type { ReleaseEvent } from '@slipway/contracts';
import { type Decision, reject, type Stamped } from '@slipway/event-sourcing';
import type { StateReleaseDependency, WithdrawReleaseDependency } from './release-commands.ts';
import type { Draft, Scheduled } from './release-state.ts';

export type DependencyRefusal =
  'depends-on-itself' | 'dependency-cycle' | 'too-many-dependencies' | 'dependency-not-stated';

type DependencyDecision = Decision<ReleaseEvent, DependencyRefusal>;

const MOST_DEPENDENCIES = 50;

export const stateDependency = (
  { data: { releaseId, state, path }, stamp }: Stamped<StateReleaseDependency>,
  { needs }: Draft | Scheduled,
): DependencyDecision => {
  if (path.length === 1) return reject('depends-on-itself', 'A release does not wait for itself.');
  if (path.length > 1) return reject('dependency-cycle', `They would wait for each other: ${path.join(' needs ')}.`);
  if (needs[releaseId] === state) return [];
  if (needs[releaseId] === undefined && Object.keys(needs).length >= MOST_DEPENDENCIES)
    return reject('too-many-dependencies', `A release needs at most ${MOST_DEPENDENCIES} others.`);
  return [{ type: 'ReleaseDependencyStated', data: { ...stamp, releaseId, state } }];
};

export const withdrawDependency = (
  { data, stamp }: Stamped<WithdrawReleaseDependency>,
  { needs }: Draft | Scheduled,
): DependencyDecision =>
  needs[data.releaseId] === undefined
    ? reject('dependency-not-stated', 'It does not need this release.')
    : [{ type: 'ReleaseDependencyWithdrawn', data: { ...stamp, ...data } }];
