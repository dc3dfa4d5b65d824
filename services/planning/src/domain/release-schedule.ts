import { canonical } from '@slipway/canonical';
import type { ReleaseEvent, Target, Window } from '@slipway/contracts';
import { type Decision, reject, type Rejection, type Stamped } from '@slipway/event-sourcing';
import type { RescheduleRelease, ScheduleRelease } from './release-commands.ts';
import { changed } from './release-content.ts';
import type { Draft, Scheduled } from './release-state.ts';

export type ScheduleRefusal = 'window-empty' | 'no-targets' | 'duplicate-target' | 'not-scheduled';

type ScheduleDecision = Decision<ReleaseEvent, ScheduleRefusal>;

export const schedule = ({ data, stamp }: Stamped<ScheduleRelease>, release: Draft | Scheduled): ScheduleDecision =>
  refusalOf(data.window, data.targets) ??
  changed(release, stamp, { type: 'ReleaseScheduled', data: { ...stamp, ...data } });

export const reschedule = (
  { data: { window, moved }, stamp }: Stamped<RescheduleRelease>,
  release: Draft | Scheduled,
): ScheduleDecision => {
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

const refusalOf = (window: Window, targets: readonly Target[]): Rejection<ScheduleRefusal> | undefined => {
  // Without the Z, so that a fraction of a second sorts after the whole one.
  if (window.end.slice(0, -1) <= window.start.slice(0, -1)) return reject('window-empty', 'It ends before it starts.');
  if (targets.length === 0) return reject('no-targets', 'A release goes to one target at least.');
  const places = new Set(targets.map(({ serviceId, environmentId }) => canonical([serviceId, environmentId])));
  if (places.size < targets.length) return reject('duplicate-target', 'A service is in an environment once.');
  return undefined;
};
