import type { ChangeEvent, Target } from '@slipway/contracts';
import type { Decision, Message, Stamped } from '@slipway/event-sourcing';
import { artifactsOf, type TargetOutcome } from './change-attempts.ts';
import { type RaisedChange, sameTarget } from './change-state.ts';
import { evolved, reviewIfDue } from './implementation.ts';

/** A run at a target of the change that is not in production; without an outcome it runs. */
export type RecordElsewhere = Message<
  'RecordElsewhere',
  { deploymentId: string; target: Target; digests: readonly string[]; outcome?: TargetOutcome }
>;

const OVER: readonly RaisedChange['status'][] = ['review', 'closed', 'canceled'];

/** It begins nothing. What came out is part of the change all the same, once and as long as it is of its content. */
export const recordElsewhere = (
  { data: { deploymentId, target, digests, outcome }, stamp }: Stamped<RecordElsewhere>,
  change: RaisedChange,
): Decision<ChangeEvent, never> => {
  if (OVER.includes(change.status) || !isOfContent(change, target, digests)) return [];
  const known = change.attempts.find(each => each.deploymentId === deploymentId);
  const run = { deploymentId, target, production: false, ...stamp };
  if (outcome === undefined) return known ? [] : [{ type: 'TargetAttempted', data: run }];
  if (known?.outcome === outcome || known?.outcome === 'rolled-back') return [];
  const settled: readonly ChangeEvent[] = [{ type: 'TargetSettled', data: { ...run, outcome } }];
  return [...settled, ...reviewIfDue(evolved(change, settled), stamp)];
};

const isOfContent = ({ proposal: { content } }: RaisedChange, target: Target, digests: readonly string[]): boolean =>
  content.targets.some(each => sameTarget(each, target)) &&
  digests.every(digest => artifactsOf(content, target).some(artifact => artifact.digest === digest));
