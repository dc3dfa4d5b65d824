import type { DecisionEvent } from '@slipway/contracts';
import { idOf, type Process } from '@slipway/event-sourcing';
import type { DeploymentCommand } from '../domain/deployment-commands.ts';

/** An allow lets the tool start it, until `validUntil`; nothing starts by itself. */
export const recordDecisionWhenTaken: Process<DecisionEvent, DeploymentCommand, null> = {
  name: 'record-decision-when-taken',
  events: ['DecisionTaken'],
  instance: ({ data }) => data.deploymentId,
  initialState: null,
  evolve: state => state,
  react: ({ stream, data }) => {
    const { verdict, target, digests, deployer, askedAt, nextOpening } = data;
    const decision = {
      about: { target, digests, deployer },
      decisionId: idOf(stream),
      verdict,
      askedAt,
      // An allow that does not say how long it holds holds no longer than the question.
      validUntil: data.validUntil ?? askedAt,
      reasons: refusalsIn(data.rules).map(({ rule, reason }) => `${rule}: ${reason}`),
      ...(nextOpening !== undefined && { nextOpening }),
    };
    return [{ send: { type: 'RecordDecision', data: decision }, to: `deployment-${data.deploymentId}` }];
  },
};

type Rules = DecisionEvent['data']['rules'];

export const refusalsIn = (rules: Rules): Rules =>
  rules.filter(({ outcome }) => outcome === 'non-compliant' || outcome === 'error');
