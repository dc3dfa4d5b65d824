import { ratio } from '../figures/figure.ts';
import { aroundRollouts, finishedIn, memberOf } from './counted.ts';
import type { Definition } from './definition.ts';

/** Rollouts rolled back ÷ finished ones. Source: ITIL 4, change enablement: changes that were backed out. */
export const rollbackRate: Definition = {
  measure: 'rollback-rate',
  version: 'first/1',
  title: 'Rollback rate',
  text:
    'Finished production rollouts of which a run with traffic was rolled back, for whichever reason, ÷ finished ones, by finish time. For a fault and for ' +
    'business reasons apart beside it; a rollout that was rolled back for both counts once. A rollback that failed or was undone itself stays one of what it undid.',
  source: 'ITIL 4, change enablement',
  series: { 'rollback-rate': 'rolled back ÷ finished rollouts' },
  figures: (known, period) => {
    const finished = finishedIn(known, period);
    const rolledBack = finished.filter(rollout => rollout.rolledBack.length > 0);
    const counted = { numerator: rolledBack.length, denominator: finished.length, population: finished.map(memberOf) };
    const around = aroundRollouts(known, period);
    return [
      ratio('rollback-rate', 'ratio', counted, 'no-rollout-finished', {
        ...around,
        listed: [...(around.listed ?? []), { reason: 'rolled-back', ids: rolledBack.map(({ id }) => id) }],
        beside: {
          forFault: rolledBack.filter(rollout => rollout.rolledBack.includes('fault')).length,
          forBusiness: rolledBack.filter(rollout => rollout.rolledBack.includes('business')).length,
        },
      }),
    ];
  },
};
