import type { SamplesOf } from '../contract.ts';
import type { metricThreshold } from '../metric-threshold.ts';
import { ids, people, sealed } from './example.ts';
import { recordSamples } from './record.ts';

const limit = {
  measure: 'change-fail-rate',
  series: 'change-fail-rate',
  statistic: 'value',
  condition: 'above',
  limit: 0.15,
} as const;
const about = { about: { kind: 'team', id: 'shop' }, serviceIds: [ids.checkout, ids.payments] } as const;

const judged = {
  ...limit,
  ...about,
  revision: 2,
  over: {
    period: '2026-03',
    from: '2026-02-28T23:00:00.000Z',
    to: '2026-03-12T08:30:00.000Z',
    zone: 'Europe/Berlin',
  },
  causes: [{ stream: `incident-${ids.incident}`, version: 4, type: 'CauseConfirmed', position: 4_711 }],
} as const;
const figure = { unit: 'ratio', definition: 'first/2', position: 4_712, counted: 10, denominator: 10 } as const;

export const metricThresholdSamples: SamplesOf<typeof metricThreshold> = {
  ThresholdSet: {
    title: 'Failed changes of the shop',
    owner: people.owner,
    description: sealed,
    ...limit,
    ...about,
    window: { kind: 'last-days', days: 30, zone: 'Europe/Berlin' },
    leastPopulation: 5,
    revision: 1,
  },
  ThresholdRevised: {
    ...limit,
    ...about,
    window: { kind: 'calendar-month', zone: 'Europe/Berlin' },
    leastPopulation: 10,
    revision: 2,
    reason: sealed,
  },
  ThresholdRetired: { reason: sealed },
  ThresholdCrossed: { ...judged, figure: { ...figure, value: 0.2, numerator: 2 } },
  ThresholdRecovered: { ...judged, figure: { ...figure, value: 0.1, numerator: 1 } },
  ...recordSamples('MetricThreshold'),
};
