import { finishedIn, memberOf, notFinished } from './counted.ts';
import type { Definition } from './definition.ts';
import { ratio, within } from './figure.ts';
import { finishOf } from './rollouts.ts';

/**
 * Distinct failed ÷ finished production rollouts, by finish time.
 * Source: DORA, "Accelerate State of DevOps" (change fail rate), counted by rollout instead of by run.
 */
export const changeFailRate: Definition = {
  measure: 'change-fail-rate',
  version: 'first/1',
  title: 'Change fail rate',
  text:
    'Distinct failed production rollouts ÷ finished ones, by finish time. A rollout is all production deployments of one content for one ' +
    'service under one change; finished: it ended after taking production traffic. Failed: a run with traffic ended Failed, or it was rolled ' +
    'back for a fault, or remediated by a hotfix (one that names a run of it as what it undoes), or is a confirmed cause of an incident; counted once. ' +
    'Rollbacks and redeployments are no rollouts. Without a service it is a blend: the content of one change counts once over all its services.',
  source: 'DORA: change fail rate',
  series: { 'change-fail-rate': 'failed ÷ finished rollouts' },
  figures: (known, period) => {
    const finished = finishedIn(known, period);
    const failed = finished.filter(rollout => rollout.failures.length > 0);
    const business = finished.filter(rollout => rollout.runs.some(run => run.rolledBack === 'business'));
    const runs = finished
      .flatMap(rollout => rollout.runs)
      .filter(run => run.trafficAt !== undefined && within(period, finishOf(run)));
    const { open, listed, doubts } = notFinished(known, period);
    return [
      ratio('change-fail-rate', 'ratio', failed.length, finished.length, finished.map(memberOf), {
        open,
        listed: [...listed, { reason: 'rolled-back-for-business', ids: business.map(({ id }) => id) }],
        doubts,
        beside: {
          runsFinished: runs.length,
          runsFailed: runs.filter(run => run.failed || run.rolledBack === 'fault').length,
        },
      }),
    ];
  },
};
