import { ratio } from '../figures/figure.ts';
import { dayAt, daysIn, daysTouched } from '../periods/calendar.ts';
import type { Period } from '../periods/period.ts';
import { aroundRollouts, finishedIn, memberOf } from './counted.ts';
import type { Definition } from './definition.ts';

/**
 * Finished production rollouts a day, and the share of days with one.
 * Source: DORA (deployment frequency); the share of days is Google's "Four Keys" reading of it.
 */
export const deploymentFrequency: Definition = {
  measure: 'deployment-frequency',
  version: 'first/2',
  title: 'Deployment frequency',
  text:
    'Finished production rollouts, by finish time: per day of the period, and the share of its calendar days with at least one. Days are those of ' +
    'the zone of the report, 23 to 25 hours long; of a period that is not over, those until now. Where nothing is known to have run at all by then, ' +
    'there is no figure. Rollbacks and redeployments are no rollouts; eighteen regions count once. Over several services it is a blend: the content of one change counts once.',
  source: 'DORA: deployment frequency',
  series: {
    'rollouts-per-day': 'finished rollouts ÷ days of the period, parts of days included',
    'share-of-days': 'calendar days with a finished rollout ÷ calendar days that the period touches',
  },
  earlier: [
    { version: 'first/1', difference: 'Days were those of UTC, and those ahead counted; nothing known was 0 a day.' },
  ],
  figures: (known, period) => {
    const { zone } = period;
    const finished = finishedIn(known, period);
    const population = finished.map(memberOf);
    const days = new Set(finished.map(({ finishedAt }) => dayAt(finishedAt, zone)));
    const isKnown = finished.length > 0 || known.rollouts.some(({ startedAt }) => startedAt < period.to);
    const elapsed = isKnown ? elapsedIn(period) : { days: 0, touched: 0 };
    const around = aroundRollouts(known, period);
    const perDay = { numerator: finished.length, denominator: elapsed.days, population };
    const share = { numerator: days.size, denominator: elapsed.touched, population };
    return [
      ratio('rollouts-per-day', 'per-day', perDay, 'no-rollout-known', around),
      ratio('share-of-days', 'ratio', share, 'no-rollout-known', around),
    ];
  },
};

/** Days of a period until now: with the parts of the first and the last one, and how many of the calendar they touch. */
export type Elapsed = Readonly<{ days: number; touched: number }>;

export const elapsedIn = ({ from, now, zone }: Period): Elapsed => ({
  days: daysIn({ from, to: now }, zone),
  touched: daysTouched({ from, to: now }, zone),
});
