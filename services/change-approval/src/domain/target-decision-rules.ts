import { always, type DecisionRule, no, unknown, yes } from './decision-rule.ts';

export const elsewhere: DecisionRule = {
  rule: 'before-production-only',
  version: '1',
  strictness: { elsewhere: 'recorded' },
  judge: () => no('Not a production environment: authorization, window, approvals and go are not asked for.'),
};

export const freshView: DecisionRule = {
  rule: 'fresh-view',
  version: '1',
  strictness: { production: 'required', redeploy: 'required', rollback: 'recorded', elsewhere: 'recorded' },
  judge: ({ view }) => {
    if (view === 'complete') return yes('All that was committed before the question was seen.');
    return view === 'incomplete'
      ? unknown('view-incomplete: an event that could matter is parked; an operator must replay or skip it.')
      : unknown('view-too-old: what was committed before the question was not all seen; ask again.');
  },
};

export const rollbackContent: DecisionRule = {
  rule: 'rollback-returns-to-previous',
  version: '1',
  strictness: { rollback: 'required' },
  judge: ({ question: { undoes, digests }, target }) => {
    const { live, liveBefore } = target ?? {};
    if (!undoes || live === undefined || liveBefore === undefined) return unknown('What was live before is not known.');
    if (!liveBefore) return no('Nothing was live before the deployment that it undoes.');
    if (live && live.deploymentId !== undoes && live.deploymentId !== liveBefore.deploymentId)
      return no(
        'Something else went live after the deployment that it undoes: going back further is an emergency change.',
      );
    return sameSet(digests, liveBefore.digests)
      ? yes('It returns to what was live just before.')
      : no('It would run something else than what was live just before.');
  },
};

export const redeployContent: DecisionRule = {
  rule: 'redeploys-live-content',
  version: '1',
  strictness: { redeploy: 'required' },
  judge: ({ question: { digests }, target }) => {
    if (!target || target.live === undefined) return unknown('What is live there is not known.');
    return target.live && sameSet(digests, target.live.digests)
      ? yes('It runs what is live there already.')
      : no('It would run something else than what is live there: that needs a change.');
  },
};

const sameSet = (some: readonly string[], others: readonly string[] | undefined): boolean =>
  others !== undefined &&
  some.length > 0 &&
  some.every(each => others.includes(each)) &&
  others.every(each => some.includes(each));

export const targetFree: DecisionRule = {
  rule: 'target-free',
  version: '1',
  strictness: always,
  judge: ({ question, target }) => {
    if (!target || target.occupiedBy === undefined) return unknown('Whether another run has the target is not known.');
    const { occupiedBy } = target;
    if (occupiedBy === null || occupiedBy === question.deploymentId) return yes('No other run has the target.');
    return question.kind === 'rollback' && occupiedBy === question.undoes
      ? yes('It pre-empts the deployment that it undoes.')
      : no(`The deployment ${occupiedBy} runs there.`);
  },
};
