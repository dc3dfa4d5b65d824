import { durations, type Figure, openSince } from '../figures/figure.ts';
import { checkOf, type Check, type Listed, onTime } from '../figures/quality.ts';
import { instant, type Period, within } from '../periods/period.ts';
import { isReleaseRelated } from '../rows/incidents.ts';
import type { Incident } from '../rows/incident.ts';
import { impactOf, isDisordered, resolvedAt, restoredAt } from '../rows/intervals.ts';
import type { Known } from '../rows/known.ts';
import { idsOf } from './counted.ts';
import type { Definition } from './definition.ts';

const SERIES = { 'release-related': 'incidents of which a deployment or a change is a cause', all: 'every incident' };
const EARLIER = [{ version: 'first/1', difference: 'One that ended before it began counted as 0 seconds.' }];

/**
 * Detected to restored. Source: ITIL 4 (mean time to restore service, MTRS); the name MTTR is kept, the median stands beside the mean.
 */
export const mttr: Definition = {
  measure: 'mttr',
  version: 'first/2',
  title: 'Time to restore service (MTTR)',
  text:
    'Of each incident, from its detection until the service was restored: mitigated, else resolved. A reopened incident counts the sum of its impact ' +
    'intervals, once. In the period of its (last) restoration; open ones are listed with their age. Duplicates and false alarms are listed, not counted. ' +
    'Release-related: a person confirmed a deployment or a change as a cause, or a source of history names one and nobody has judged it. ' +
    'One that was restored before it was detected is listed, not counted.',
  source: 'ITIL 4: mean time to restore service',
  series: SERIES,
  earlier: EARLIER,
  figures: (known, period) =>
    bothSeries(known, period, {
      end: restoredAt,
      since: ({ detectedAt }) => detectedAt,
      milliseconds: incident => impactOf(incident, incident.detectedAt),
      none: 'no-incident-restored',
    }),
};

/** Detected to resolved. Source: ITIL 4 (incident resolution time). */
export const timeToResolve: Definition = {
  measure: 'time-to-resolve',
  version: 'first/2',
  title: 'Time to resolve',
  text:
    'Of each incident, from its detection to its (last) resolution, elapsed, in the period of that resolution. ' +
    'Unresolved ones are listed with their age. Duplicates and false alarms are listed, not counted, and so is one that was resolved before it was detected.',
  source: 'ITIL 4: incident resolution time',
  series: SERIES,
  earlier: EARLIER,
  figures: (known, period) =>
    bothSeries(known, period, {
      end: resolvedAt,
      since: ({ detectedAt }) => detectedAt,
      milliseconds: incident => resolvedAt(incident)! - incident.detectedAt,
      none: 'no-incident-resolved',
    }),
};

/** From when until when an incident is measured, and what counts between. */
export type Outage = Readonly<{
  end: (incident: Incident) => number | undefined;
  since: (incident: Incident) => number;
  milliseconds: (incident: Incident) => number;
  none: string;
}>;

const bothSeries = (known: Known, period: Period, outage: Outage): readonly Figure[] =>
  (['release-related', 'all'] as const).map(series => {
    const chosen = (incidents: readonly Incident[]) =>
      series === 'all' ? incidents : incidents.filter(isReleaseRelated);
    const somewhere = chosen(known.incidentsSomewhere).filter(
      incident => !incident.canceled && within(period, outage.end(incident)),
    );
    return figureOf(series, chosen(known.incidentsInScope), period, outage, [
      { reason: 'environment-unknown', ids: idsOf(somewhere) },
    ]);
  });

/** One duration an incident, by when it ended. */
export const figureOf = (
  series: string,
  incidents: readonly Incident[],
  period: Period,
  { end, since, milliseconds, none }: Outage,
  doubts: readonly Listed[] = [],
): Figure => {
  const real = incidents.filter(({ canceled }) => !canceled);
  const ended = real.filter(incident => within(period, end(incident)));
  const isPossible = (incident: Incident): boolean =>
    milliseconds(incident) >= 0 && !isDisordered(incident, since(incident));
  // One that adds up to less than nothing shows itself; of the others somebody must say what is wrong.
  const isDisorder = (incident: Incident): boolean => !isPossible(incident) && milliseconds(incident) >= 0;
  return durations(
    series,
    ended
      .filter(incident => !isDisorder(incident))
      .map(incident => ({
        id: incident.id,
        incidentId: incident.id,
        at: instant(end(incident)!),
        seconds: milliseconds(incident) / 1000,
      })),
    none,
    {
      open: real
        .filter(incident => end(incident) === undefined && incident.detectedAt < period.to)
        .map(incident => openSince(incident.id, incident.detectedAt, period)),
      listed: [{ reason: 'duplicate-or-false-alarm', ids: idsOf(incidents.filter(isNone(period))) }],
      doubts: [...doubts, { reason: 'intervals-out-of-order', ids: idsOf(ended.filter(isDisorder)) }],
      checks: checksOf(ended, isPossible),
    },
  );
};

const isNone =
  (period: Period) =>
  ({ canceled, detectedAt }: Incident): boolean =>
    canceled && within(period, detectedAt);

const checksOf = (ended: readonly Incident[], isPossible: (incident: Incident) => boolean): readonly Check[] => [
  checkOf('cause-judged', ended, ({ causes }) => causes.length > 0),
  checkOf('without-contradiction', ended, isPossible),
  onTime(ended),
];
