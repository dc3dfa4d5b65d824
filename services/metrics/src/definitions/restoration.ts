import type { Definition } from './definition.ts';
import { durations, type Figure, instant, type Listed, openSince, type Period, within } from './figure.ts';
import { impactOf, type Incident, isReleaseRelated, resolvedAt, restoredAt } from './incidents.ts';
import type { Known } from './known.ts';

/**
 * Detected to restored. Source: ITIL 4 (mean time to restore service, MTRS); the name MTTR is kept, the median stands beside the mean.
 */
export const mttr: Definition = {
  measure: 'mttr',
  version: 'first/1',
  title: 'Time to restore service (MTTR)',
  text:
    'Of each incident, from its detection until the service was restored: mitigated, else resolved. A reopened incident counts the sum of its impact ' +
    'intervals, once. In the period of its (last) restoration; open ones are listed with their age. Duplicates and false alarms are listed, not counted. ' +
    'Release-related: a person confirmed a deployment or a change as a cause.',
  source: 'ITIL 4: mean time to restore service',
  series: { 'release-related': 'incidents caused by a deployment or a change of ours', all: 'every incident' },
  figures: (known, period) =>
    bothSeries(known, period, restoredAt, incident => impactOf(incident, incident.detectedAt)),
};

/** Detected to resolved. Source: ITIL 4 (incident resolution time). */
export const timeToResolve: Definition = {
  measure: 'time-to-resolve',
  version: 'first/1',
  title: 'Time to resolve',
  text:
    'Of each incident, from its detection to its (last) resolution, elapsed, in the period of that resolution. ' +
    'Unresolved ones are listed with their age. Duplicates and false alarms are listed, not counted.',
  source: 'ITIL 4: incident resolution time',
  series: { 'release-related': 'incidents caused by a deployment or a change of ours', all: 'every incident' },
  figures: (known, period) => bothSeries(known, period, resolvedAt, elapsedToResolved),
};

const elapsedToResolved: Measured = incident => {
  const total = resolvedAt(incident)! - incident.detectedAt;
  return { total: Math.max(0, total), disordered: total < 0 };
};

const bothSeries = (known: Known, period: Period, end: Ended, measure: Measured): readonly Figure[] =>
  (['release-related', 'all'] as const).map(series => {
    const chosen = (incidents: readonly Incident[]) =>
      series === 'all' ? incidents : incidents.filter(isReleaseRelated);
    const somewhere = chosen(known.incidentsSomewhere).filter(
      incident => !incident.canceled && within(period, end(incident)),
    );
    return figureOf(series, chosen(known.incidentsInScope), period, end, measure, [
      { reason: 'environment-unknown', ids: somewhere.map(({ id }) => id) },
    ]);
  });

type Ended = (incident: Incident) => number | undefined;
type Measured = (incident: Incident) => Readonly<{ total: number; disordered: boolean }>;

/** One duration an incident, by when it ended. */
export const figureOf = (
  series: string,
  incidents: readonly Incident[],
  period: Period,
  end: Ended,
  measure: Measured,
  doubts: readonly Listed[] = [],
): Figure => {
  const real = incidents.filter(({ canceled }) => !canceled);
  const counted = real.filter(incident => within(period, end(incident)));
  return durations(
    series,
    counted.map(incident => ({
      id: incident.id,
      incidentId: incident.id,
      at: instant(end(incident)!),
      seconds: measure(incident).total / 1000,
    })),
    {
      open: real
        .filter(incident => end(incident) === undefined && incident.detectedAt < period.to)
        .map(incident => openSince(incident.id, incident.detectedAt, period)),
      listed: [
        {
          reason: 'duplicate-or-false-alarm',
          ids: incidents
            .filter(({ canceled, detectedAt }) => canceled && within(period, detectedAt))
            .map(({ id }) => id),
        },
      ],
      doubts: [
        ...doubts,
        {
          reason: 'ended-before-it-began',
          ids: counted.filter(incident => measure(incident).disordered).map(({ id }) => id),
        },
      ],
    },
  );
};
