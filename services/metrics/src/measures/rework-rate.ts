import { ratio } from '../figures/figure.ts';
import type { Known } from '../rows/known.ts';
import { aroundRollouts, type Finished, finishedIn, idsOf, memberOf } from './counted.ts';
import type { Definition } from './definition.ts';

/** Hotfix rollouts that mend something ÷ planned and hotfix rollouts. Source: DORA 2024 and later (rework rate). */
export const reworkRate: Definition = {
  measure: 'rework-rate',
  version: 'first/1',
  title: 'Rework rate',
  text:
    'Finished hotfix rollouts that mend a deployment or an incident ÷ finished planned and hotfix rollouts, by finish time. What a hotfix mends is proposed ' +
    'by a rule and confirmed by a person; the request, or the change that a person linked to the incident, may name it too. A person may reject it. ' +
    'Hotfixes of which nobody said so are listed. Activations of features, rollbacks and redeployments are neither.',
  source: 'DORA: rework rate',
  series: { 'rework-rate': 'hotfixes that mend ÷ planned and hotfix rollouts' },
  figures: (known, period) => {
    const counted = finishedIn(known, period).filter(({ kind }) => kind !== 'activation');
    const hotfixes = counted.filter(({ kind }) => kind === 'hotfix');
    const isRework = reworkIn(known);
    const rework = hotfixes.filter(isRework);
    const around = aroundRollouts(known, period);
    return [
      ratio(
        'rework-rate',
        'ratio',
        { numerator: rework.length, denominator: counted.length, population: counted.map(memberOf) },
        'no-rollout-finished',
        {
          ...around,
          listed: [
            ...(around.listed ?? []),
            { reason: 'rework', ids: idsOf(rework) },
            { reason: 'hotfix-not-confirmed', ids: idsOf(hotfixes.filter(each => !isRework(each))) },
          ],
          beside: { hotfixes: hotfixes.length },
        },
      ),
    ];
  },
};

/** It says what it mends itself, or the change that it was made under does. */
const reworkIn = ({ ledger }: Known): ((rollout: Finished) => boolean) => {
  const mending = new Set(ledger.changes.filter(change => change.mends.length > 0).map(({ id }) => id));
  return ({ mends, changeId }) => mends.length > 0 || mending.has(changeId ?? '');
};
