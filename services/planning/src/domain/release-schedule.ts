import { canonical } from '@slipway/canonical';
import type { ReleaseEvent, Target, Window } from '@slipway/contracts';
import { type Decision, reject, type Rejection, type Stamp, type Stamped } from '@slipway/event-sourcing';
import type { BoardTrain, LeaveTrain, RescheduleRelease, ScheduleRelease } from './release-commands.ts';
import { changed } from './release-content.ts';
import type { Aboard, Draft, Scheduled } from './release-state.ts';

export type ScheduleRefusal =
  | 'no-window'
  | 'window-moved'
  | 'window-empty'
  | 'no-targets'
  | 'duplicate-target'
  | 'not-scheduled'
  | 'train-retired'
  | 'no-such-departure'
  | 'departed'
  | 'not-aboard';

type ScheduleDecision = Decision<ReleaseEvent, ScheduleRefusal>;

export const schedule = ({ data, stamp }: Stamped<ScheduleRelease>, release: Draft | Scheduled): ScheduleDecision => {
  const window = data.window ?? release.aboard?.window;
  if (!window) return reject('no-window', 'Give it a window, or let it board a departure of a train.');
  const refusal = refusalOf(window, data.targets);
  if (refusal) return refusal;
  const scheduled: ReleaseEvent = { type: 'ReleaseScheduled', data: { ...stamp, ...data, window } };
  return changed(release, stamp, scheduled, ...missed(release, stamp, window));
};

export const reschedule = (
  { data: { window, moved, seen }, stamp }: Stamped<RescheduleRelease>,
  release: Draft | Scheduled,
): ScheduleDecision => {
  if (release.status === 'Draft') return reject('not-scheduled', 'It has no window yet; schedule it.');
  const before = scheduleOf(release);
  if (seen && canonical(seen) !== canonical(before.window))
    return reject('window-moved', 'It has another window by now: look again.');
  const after = { ...before, ...(window && { window }), ...moved };
  const refusal = refusalOf(after.window, after.targets);
  if (refusal) return refusal;
  if (canonical(after) === canonical(before)) return [];
  const rescheduled: ReleaseEvent = { type: 'ReleaseRescheduled', data: { ...stamp, ...after } };
  return changed(release, stamp, rescheduled, ...missed(release, stamp, after.window));
};

const scheduleOf = ({ window, parts, productionEnvironmentIds }: Scheduled) => ({
  window,
  targets: parts.targets,
  productionEnvironmentIds,
});

/** What goes at another time has left its train. */
const missed = ({ aboard }: Draft | Scheduled, stamp: Stamp, { start, end }: Window): readonly ReleaseEvent[] =>
  aboard && (instant(start) < instant(aboard.window.start) || instant(end) > instant(aboard.window.end))
    ? [left(aboard, stamp, { cause: 'rescheduled' })]
    : [];

const left = (
  { trainId, departure }: Aboard,
  stamp: Stamp,
  why: Readonly<{ cause: 'asked' | 'rescheduled' | 'another-departure'; reason?: string }>,
): ReleaseEvent => ({ type: 'ReleaseLeftTrain', data: { ...stamp, trainId, departure, ...why } });

export const board = (
  { data: { trainId, departure, window, isRetired }, stamp }: Stamped<BoardTrain>,
  release: Draft | Scheduled,
): ScheduleDecision => {
  const { aboard } = release;
  if (aboard?.trainId === trainId && aboard.departure === departure) return [];
  if (isRetired) return reject('train-retired', 'This train departs no more.');
  if (!window) return reject('no-such-departure', `This train does not depart at ${departure}.`);
  if (instant(departure) <= instant(stamp.recordedAt)) return reject('departed', `That train left at ${departure}.`);
  const boarded: ReleaseEvent = { type: 'ReleaseBoardedTrain', data: { ...stamp, trainId, departure, window } };
  const before = aboard ? [left(aboard, stamp, { cause: 'another-departure' })] : [];
  return changed(release, stamp, ...before, boarded, ...movedTo(release, stamp, window));
};

const movedTo = (release: Draft | Scheduled, stamp: Stamp, window: Window): readonly ReleaseEvent[] =>
  release.status === 'Draft' || canonical(release.window) === canonical(window)
    ? []
    : [{ type: 'ReleaseRescheduled', data: { ...stamp, ...scheduleOf(release), window } }];

export const leave = (
  { data: { reason }, stamp }: Stamped<LeaveTrain>,
  { aboard }: Draft | Scheduled,
): ScheduleDecision =>
  aboard
    ? [left(aboard, stamp, { cause: 'asked', ...(reason !== undefined && { reason }) })]
    : reject('not-aboard', 'It is aboard no train.');

// Without the Z, so that a fraction of a second sorts after the whole one.
const instant = (text: string): string => text.slice(0, -1);

const refusalOf = (window: Window, targets: readonly Target[]): Rejection<ScheduleRefusal> | undefined => {
  if (instant(window.end) <= instant(window.start)) return reject('window-empty', 'It ends before it starts.');
  if (targets.length === 0) return reject('no-targets', 'A release goes to one target at least.');
  const places = new Set(targets.map(({ serviceId, environmentId }) => canonical([serviceId, environmentId])));
  if (places.size < targets.length) return reject('duplicate-target', 'A service is in an environment once.');
  return undefined;
};
