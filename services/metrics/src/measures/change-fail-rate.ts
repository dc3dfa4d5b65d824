import { ratio } from '../figures/figure.ts';
import { within } from '../periods/period.ts';
import { finishOf, hasTraffic } from '../rows/rollouts.ts';
import { aroundRollouts, finishedIn, idsOf, memberOf } from './counted.ts';
import type { Definition } from './definition.ts';

/**
 * Distinct failed ÷ finished production rollouts, by finish time.
 * Source: DORA, "Accelerate State of DevOps" (change fail rate), counted by rollout instead of by run.
 */
export const changeFailRate: Definition = {
  measure: 'change-fail-rate',
  version: 'first/2',
  title: 'Change fail rate',
  text:
    'Distinct failed production rollouts ÷ finished ones, by finish time. A rollout is all production deployments of one content for one ' +
    'service under one change; finished: it ended after taking production traffic. Failed: a run with traffic ended Failed or was rolled back ' +
    'for a fault, or a hotfix that took traffic mends a run of it, or a run of it is a cause of an incident; counted once. ' +
    'Rollbacks and redeployments are no rollouts. Over several services it is a blend: the content of one change counts once over all of them.',
  source: 'DORA: change fail rate',
  series: { 'change-fail-rate': 'failed ÷ finished rollouts' },
  earlier: [{ version: 'first/1', difference: 'A run that was rolled back before any traffic made its rollout fail.' }],
  figures: (known, period) => {
    const finished = finishedIn(known, period);
    const failed = finished.filter(rollout => rollout.failures.length > 0);
    const business = finished.filter(({ rolledBack }) => rolledBack.includes('business'));
    const runs = finished
      .flatMap(rollout => rollout.runs)
      .filter(run => hasTraffic(run) && within(period, finishOf(run)));
    const around = aroundRollouts(known, period);
    const counted = { numerator: failed.length, denominator: finished.length, population: finished.map(memberOf) };
    return [
      ratio('change-fail-rate', 'ratio', counted, 'no-rollout-finished', {
        ...around,
        listed: [...(around.listed ?? []), { reason: 'rolled-back-for-business', ids: idsOf(business) }],
        beside: {
          runsFinished: runs.length,
          runsFailed: runs.filter(run => run.failed || run.rolledBack === 'fault').length,
        },
      }),
    ];
  },
};
