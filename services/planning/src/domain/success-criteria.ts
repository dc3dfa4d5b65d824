import {
  isBeyond,
  isSameCriterion,
  type JudgedCriterion,
  type ReleaseEvent,
  type SuccessCriterion,
} from '@slipway/contracts';
import { type Decision, reject, type Rejection, type Stamped } from '@slipway/event-sourcing';
import type { DeclareSuccessCriteria, JudgeSuccessCriterion } from './release-commands.ts';
import type { Draft, Scheduled } from './release-state.ts';

export type SuccessRefusal =
  | 'duplicate-success-criterion'
  | 'no-way-to-judge'
  | 'reason-required'
  | 'success-criterion-not-found'
  | 'judgement-needs-a-person'
  | 'measured-value-missing'
  | 'not-measurable'
  | 'verdict-contradicts-value'
  | 'success-criteria-not-judged';

type Open = Draft | Scheduled;
type SuccessDecision = Decision<ReleaseEvent, SuccessRefusal>;

export const declareCriteria = (
  { data, stamp }: Stamped<DeclareSuccessCriteria>,
  { status, criteria: before }: Open,
): SuccessDecision => {
  const { criteria, reason } = data;
  if (new Set(criteria.map(({ id }) => id)).size < criteria.length)
    return reject('duplicate-success-criterion', 'Name each success criterion once.');
  const untold = criteria.find(({ measurement, howJudged }) => !measurement && howJudged === undefined);
  if (untold)
    return reject('no-way-to-judge', `Say how ${untold.id} is judged: by a figure and its limit, or in words.`);
  if (areAsBefore(criteria, before)) return [];
  if (status !== 'Draft' && status !== 'Planned' && reason === undefined)
    return reject('reason-required', `It is in ${status}: say why its success criteria are changed now.`);
  return [{ type: 'SuccessCriteriaDeclared', data: { ...stamp, ...data } }];
};

const areAsBefore = (criteria: readonly SuccessCriterion[], before: readonly JudgedCriterion[]): boolean =>
  criteria.length === before.length &&
  criteria.every((criterion, nth) => before[nth] !== undefined && isSameCriterion(criterion, before[nth]));

export const judgeCriterion = (
  { data: { byServiceAccount, ...data }, stamp }: Stamped<JudgeSuccessCriterion>,
  { criteria }: Open,
): SuccessDecision => {
  const judged = criteria.find(({ id }) => id === data.criterionId);
  if (!judged) return reject('success-criterion-not-found', `There is no success criterion ${data.criterionId}.`);
  if (byServiceAccount)
    return reject('judgement-needs-a-person', 'A service account cannot judge a success criterion.');
  // Judged again, it has another note at least.
  return refusalOf(judged, data) ?? [{ type: 'SuccessCriterionJudged', data: { ...stamp, ...data } }];
};

type Judging = Omit<JudgeSuccessCriterion['data'], 'byServiceAccount'>;

const refusalOf = (
  { id, measurement }: JudgedCriterion,
  { verdict, measured }: Judging,
): Rejection<SuccessRefusal> | undefined => {
  if (!measurement)
    return measured && reject('not-measurable', `${id} names no figure: it is judged without a measured value.`);
  if (verdict === 'not-judgeable') return undefined;
  if (!measured) return reject('measured-value-missing', `${id} names a figure: say what was measured.`);
  const isMet = isBeyond(measurement, measured.value);
  if (isMet === (verdict === 'met')) return undefined;
  const { condition, limit } = measurement;
  const side = isMet ? 'it is' : 'it is not';
  return reject('verdict-contradicts-value', `${measured.value} was measured: ${side} ${condition} ${limit}.`);
};

/** What keeps a release from being closed. */
export const unjudged = ({ criteria }: Open): Rejection<SuccessRefusal> | undefined => {
  const open = criteria.filter(({ judgement }) => !judgement).map(({ id }) => id);
  return open.length === 0 ? undefined : reject('success-criteria-not-judged', `Not judged yet: ${open.join(', ')}.`);
};
