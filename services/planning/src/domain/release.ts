import { canonical } from '@slipway/canonical';
import type { ReleaseEvent, Target, Window } from '@slipway/contracts';
import { type Decider, type Decision, reject, type Rejection, type Stamped } from '@slipway/event-sourcing';
import {
  addScopeItem,
  attach,
  changed,
  type ContentRefusal,
  detach,
  registerRollbackPlan,
  removeScopeItem,
} from './release-content.ts';
import type {
  CancelRelease,
  CloseRelease,
  DraftRelease,
  GoRelease,
  HoldRelease,
  ReleaseCommand,
  RescheduleRelease,
  ResumeRelease,
  ScheduleRelease,
  StartReleaseReview,
  WithdrawRelease,
} from './release-commands.ts';
import { type Draft, evolve, isOpen, type Release, type Scheduled } from './release-state.ts';
import { recordChange, recordTarget, startDeployment } from './release-progress.ts';
import { outcomeOf } from './settlement.ts';

export type Refusal =
  | ContentRefusal
  | 'already-drafted'
  | 'not-drafted'
  | 'release-over'
  | 'content-frozen'
  | 'already-scheduled'
  | 'not-scheduled'
  | 'window-empty'
  | 'no-targets'
  | 'duplicate-target'
  | 'not-authorized'
  | 'release-held'
  | 'go-needs-a-person'
  | 'already-started'
  | 'not-started'
  | 'not-in-early-life-support'
  | 'not-in-review'
  | 'target-not-in-release';

type ReleaseDecision = Decision<ReleaseEvent, Refusal>;

const draft = ({ data, stamp }: Stamped<DraftRelease>, release: Release): ReleaseDecision =>
  release.status === 'None'
    ? [{ type: 'ReleaseDrafted', data: { ...stamp, ...data } }]
    : reject('already-drafted', 'This release was drafted before.');

const schedule = ({ data, stamp }: Stamped<ScheduleRelease>, release: Draft | Scheduled): ReleaseDecision => {
  if (release.status !== 'Draft') return reject('already-scheduled', 'It has a window and targets; reschedule it.');
  const refusal = refusalOf(data.window, data.targets);
  if (refusal) return refusal;
  return changed(release, stamp, { type: 'ReleaseScheduled', data: { ...stamp, ...data } });
};

const reschedule = (
  { data: { window, moved }, stamp }: Stamped<RescheduleRelease>,
  release: Draft | Scheduled,
): ReleaseDecision => {
  if (release.status === 'Draft') return reject('not-scheduled', 'It has no window yet; schedule it.');
  const before = {
    window: release.window,
    targets: release.parts.targets,
    productionEnvironmentIds: release.productionEnvironmentIds,
  };
  const after = { ...before, ...(window && { window }), ...moved };
  const refusal = refusalOf(after.window, after.targets);
  if (refusal) return refusal;
  if (canonical(after) === canonical(before)) return [];
  return changed(release, stamp, { type: 'ReleaseRescheduled', data: { ...stamp, ...after } });
};

const hold = ({ data: { reason }, stamp }: Stamped<HoldRelease>, { held }: Draft | Scheduled): ReleaseDecision =>
  held ? [] : [{ type: 'ReleaseHeld', data: { ...stamp, reason } }];

const resume = ({ stamp }: Stamped<ResumeRelease>, { held }: Draft | Scheduled): ReleaseDecision =>
  held ? [{ type: 'ReleaseResumed', data: stamp }] : [];

const go = ({ data, stamp }: Stamped<GoRelease>, release: Draft | Scheduled): ReleaseDecision => {
  if (isFrozen(release)) return reject('already-started', `It is in ${release.status}.`);
  if (data.byServiceAccount) return reject('go-needs-a-person', 'A service account cannot give the go.');
  if (release.status === 'Ready') return [];
  if (release.status !== 'Authorized') return reject('not-authorized', 'Not all of its changes are authorized.');
  if (release.held) return reject('release-held', 'It is on hold; resume it first.');
  return [{ type: 'ReleaseReady', data: stamp }];
};

const cancel = ({ data: { reason }, stamp }: Stamped<CancelRelease>, release: Draft | Scheduled): ReleaseDecision =>
  release.started
    ? reject('already-started', 'Something of it was started in production; withdraw it instead.')
    : [{ type: 'ReleaseCanceled', data: { ...stamp, reason } }];

const withdraw = (
  { data: { reason }, stamp }: Stamped<WithdrawRelease>,
  release: Draft | Scheduled,
): ReleaseDecision =>
  release.started
    ? [{ type: 'ReleaseWithdrawn', data: { ...stamp, reason } }]
    : reject('not-started', 'Nothing of it was started in production; cancel it instead.');

const startReview = ({ stamp }: Stamped<StartReleaseReview>, { status }: Draft | Scheduled): ReleaseDecision => {
  if (status === 'Review') return [];
  if (status !== 'EarlyLifeSupport') return reject('not-in-early-life-support', `It is in ${status}.`);
  return [{ type: 'ReleaseReviewStarted', data: stamp }];
};

const close = ({ stamp }: Stamped<CloseRelease>, release: Draft | Scheduled): ReleaseDecision =>
  release.status === 'Review'
    ? [{ type: 'ReleaseClosed', data: { ...stamp, outcome: outcomeOf(release) } }]
    : reject('not-in-review', `It is in ${release.status}.`);

const decide = (command: Stamped<ReleaseCommand>, release: Release): ReleaseDecision => {
  if (command.type === 'DraftRelease') return draft(command, release);
  if (release.status === 'None') return reject('not-drafted', 'There is no such release.');
  if (!isOpen(release))
    return ends[command.type] === release.status ? [] : reject('release-over', `It is ${release.status}.`);
  if (CONTENT_COMMANDS.includes(command.type) && isFrozen(release))
    return reject('content-frozen', `It is in ${release.status}: content, targets and window stay as they are.`);
  switch (command.type) {
    case 'AttachArtifact':
      return attach(command, release);
    case 'DetachArtifact':
      return detach(command, release);
    case 'AddScopeItem':
      return addScopeItem(command, release);
    case 'RemoveScopeItem':
      return removeScopeItem(command, release);
    case 'RegisterRollbackPlan':
      return registerRollbackPlan(command, release);
    case 'ScheduleRelease':
      return schedule(command, release);
    case 'RescheduleRelease':
      return reschedule(command, release);
    case 'HoldRelease':
      return hold(command, release);
    case 'ResumeRelease':
      return resume(command, release);
    case 'GoRelease':
      return go(command, release);
    case 'CancelRelease':
      return cancel(command, release);
    case 'WithdrawRelease':
      return withdraw(command, release);
    case 'StartReleaseReview':
      return startReview(command, release);
    case 'CloseRelease':
      return close(command, release);
    case 'RecordChange':
      return recordChange(command, release);
    case 'StartReleaseDeployment':
      return startDeployment(command, release);
    case 'RecordTarget':
      return recordTarget(command, release);
  }
};

/** The command that leads to an end: said twice, it is already so. */
const ends: Partial<Record<ReleaseCommand['type'], Release['status']>> = {
  CancelRelease: 'Canceled',
  WithdrawRelease: 'Withdrawn',
  CloseRelease: 'Closed',
};

const CONTENT_COMMANDS: readonly ReleaseCommand['type'][] = [
  'AttachArtifact',
  'DetachArtifact',
  'AddScopeItem',
  'RemoveScopeItem',
  'RegisterRollbackPlan',
  'ScheduleRelease',
  'RescheduleRelease',
];

const isFrozen = ({ status }: Release): boolean =>
  status === 'Deploying' || status === 'EarlyLifeSupport' || status === 'Review';

const refusalOf = (window: Window, targets: readonly Target[]): Rejection<Refusal> | undefined => {
  // Without the Z, so that a fraction of a second sorts after the whole one.
  if (window.end.slice(0, -1) <= window.start.slice(0, -1)) return reject('window-empty', 'It ends before it starts.');
  if (targets.length === 0) return reject('no-targets', 'A release goes to one target at least.');
  const places = new Set(targets.map(({ serviceId, environmentId }) => canonical([serviceId, environmentId])));
  if (places.size < targets.length) return reject('duplicate-target', 'A service is in an environment once.');
  return undefined;
};

export const release: Decider<ReleaseCommand, ReleaseEvent, Release, Refusal> = {
  initialState: { status: 'None' },
  decide,
  evolve,
};
