import { isBefore } from '@slipway/canonical';
import { reject, type Rejection, type Stamped } from '@slipway/event-sourcing';
import type { Interval } from './impact-intervals.ts';
import type { CorrectImpactInterval, CorrectImpactStart } from './incident-commands.ts';
import type { ImpactRefusal, IncidentDecision } from './incident-refusals.ts';
import type { There } from './incident-state.ts';
import { whenInFuture } from './rules.ts';

export const correctImpactStart = ({ data, stamp }: Stamped<CorrectImpactStart>, incident: There): IncidentDecision => {
  const [first] = incident.impact;
  if (data.impactStartedAt === first?.startedAt) return [];
  const future = whenInFuture(data.impactStartedAt, stamp);
  if (future) return future;
  if (first?.endedAt !== undefined && isBefore(first.endedAt, data.impactStartedAt))
    return reject('impact-after-restoration', `Service was restored at ${first.endedAt}.`);
  return [{ type: 'ImpactStartCorrected', data: { ...stamp, ...data } }];
};

export const correctImpactInterval = (
  { data, stamp }: Stamped<CorrectImpactInterval>,
  { impact }: There,
): IncidentDecision => {
  const before = impact[data.interval - 1];
  if (!before) return reject('no-such-interval', `It has ${impact.length} intervals of impact.`);
  if (data.endedAt !== undefined && before.endedAt === undefined)
    return reject('interval-open', 'Its impact goes on: mitigate or resolve the incident.');
  const { interval, startedAt, endedAt = before.endedAt, reason } = data;
  const after: Interval = { startedAt, ...(endedAt !== undefined && { endedAt }) };
  if (after.startedAt === before.startedAt && after.endedAt === before.endedAt) return [];
  const refused = whenInFuture(endedAt ?? startedAt, stamp) ?? whenMisplaced(impact, interval - 1, after);
  if (refused) return refused;
  const moved = interval === 1 && startedAt !== before.startedAt;
  return [
    // Whoever looks at the start of the impact alone hears of it in the words it knows.
    ...(moved
      ? [{ type: 'ImpactStartCorrected' as const, data: { ...stamp, impactStartedAt: startedAt, reason } }]
      : []),
    { type: 'ImpactIntervalCorrected', data: { ...stamp, interval, ...after, reason } },
  ];
};

const whenMisplaced = (
  impact: readonly Interval[],
  index: number,
  { startedAt, endedAt }: Interval,
): Rejection<ImpactRefusal> | undefined => {
  if (endedAt !== undefined && !isBefore(startedAt, endedAt))
    return reject('interval-empty', 'An interval ends after it began.');
  const [previous, next] = [index === 0 ? undefined : impact[index - 1], impact[index + 1]];
  const overlaps =
    (previous?.endedAt !== undefined && isBefore(startedAt, previous.endedAt)) ||
    (next !== undefined && endedAt !== undefined && isBefore(next.startedAt, endedAt));
  return overlaps ? reject('intervals-overlap', 'It would overlap the interval before or after it.') : undefined;
};
