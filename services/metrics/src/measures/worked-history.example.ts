import { at, told } from './example.ts';
import type { Case } from './worked-case.example.ts';

const FAIL = 'change-fail-rate change-fail-rate';
const checkout = { serviceIds: ['checkout'] };
const imported = (id: string, data: object) =>
  told(`deployment-${id}`, [
    '2 12:00',
    'DeploymentImported',
    {
      kind: 'planned',
      serviceId: 'checkout',
      environmentId: 'frankfurt',
      production: true,
      digests: [],
      version: '2.3.6',
      commits: [],
      startedAt: at('2 10:00'),
      finishedAt: at('2 12:00'),
      recordedAt: at('20 09:00'),
      ...data,
    },
  ]);

export const historyCases: readonly Case[] = [
  {
    case: 'history without a word of traffic, a success',
    because: 'Success stands for traffic, and the check says that it was not reported.',
    given: imported('d1', { outcome: 'succeeded' }),
    figure: FAIL,
    is: '0 of 1',
    shows: { 'not traffic-reported': ['no-change/service-checkout/2.3.6'] },
    scope: checkout,
  },
  {
    case: 'history without a word of traffic, a failure',
    because: 'Whether users met it is not known: neither failed nor aborted.',
    given: imported('d1', { outcome: 'failed' }),
    figure: FAIL,
    is: 'none, no-rollout-finished',
    shows: { 'failed-and-traffic-unknown': ['2.3.6'] },
  },
  {
    case: 'history that was corrected by another import',
    because: 'The last one counts, in whole: it was rolled back for a fault.',
    given: [
      ...imported('d1', { outcome: 'succeeded' }),
      ...imported('d1', { outcome: 'rolled-back', rolledBackFor: 'fault' }).map(fact => ({ ...fact, version: 2 })),
    ],
    figure: FAIL,
    is: '1 of 1',
  },
];
