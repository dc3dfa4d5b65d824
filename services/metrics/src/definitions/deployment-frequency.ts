import { finishedIn, memberOf, notFinished } from './counted.ts';
import type { Definition } from './definition.ts';
import { instant, type Period, ratio } from './figure.ts';

const DAY = 86_400_000;

/**
 * Finished production rollouts a day, and the share of days with one.
 * Source: DORA (deployment frequency); the share of days is Google's "Four Keys" reading of it.
 */
export const deploymentFrequency: Definition = {
  measure: 'deployment-frequency',
  version: 'first/1',
  title: 'Deployment frequency',
  text:
    'Finished production rollouts, by finish time: per day of the period, and the share of its calendar days (UTC) with at least one. ' +
    'Rollbacks and redeployments are no rollouts; eighteen regions count once. Without a service it is a blend: the content of one change counts once.',
  source: 'DORA: deployment frequency',
  series: {
    'rollouts-per-day': 'finished rollouts ÷ days of the period, parts of days included',
    'share-of-days': 'calendar days (UTC) with a finished rollout ÷ calendar days that the period touches',
  },
  figures: (known, period) => {
    const finished = finishedIn(known, period);
    const population = finished.map(memberOf);
    const days = new Set(finished.map(({ finishedAt }) => instant(finishedAt).slice(0, 10)));
    const around = notFinished(known, period);
    return [
      ratio('rollouts-per-day', 'per-day', finished.length, (period.to - period.from) / DAY, population, around),
      ratio('share-of-days', 'ratio', days.size, daysTouched(period), population, around),
    ];
  },
};

const daysTouched = ({ from, to }: Period): number => Math.ceil(to / DAY) - Math.floor(from / DAY);
