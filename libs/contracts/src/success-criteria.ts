import type { ReleaseEvent, SuccessCriterion } from './planning.ts';

type Judged = Extract<ReleaseEvent, { type: 'SuccessCriterionJudged' }>['data'];

/** With what came of it, once somebody has said so. */
export type JudgedCriterion = SuccessCriterion &
  Readonly<{ judgement?: Pick<Judged, 'verdict' | 'note' | 'measured'> & Readonly<{ by: string; at: string }> }>;

/** The success criteria of a release after one more event. */
export const successCriteriaAfter = (
  criteria: readonly JudgedCriterion[],
  event: ReleaseEvent,
): readonly JudgedCriterion[] => {
  switch (event.type) {
    case 'SuccessCriteriaDeclared':
      return event.data.criteria.map(criterion => ({ ...criterion, ...judgementOf(criteria, criterion) }));
    case 'SuccessCriterionJudged': {
      const { criterionId, verdict, note, measured, actor: by, occurredAt: at } = event.data;
      const judgement = { verdict, note, ...(measured && { measured }), by, at };
      return criteria.map(each => (each.id === criterionId ? { ...each, judgement } : each));
    }
    // What came of the first attempt says nothing of the next one.
    case 'ReleasePlanningReopened':
      return criteria.map(withoutJudgement);
    default:
      return criteria;
  }
};

const withoutJudgement = (judged: JudgedCriterion): JudgedCriterion => {
  const { judgement: _, ...criterion } = judged;
  return criterion;
};

/** A criterion that is the same as it was stays judged. */
const judgementOf = (
  criteria: readonly JudgedCriterion[],
  criterion: SuccessCriterion,
): Pick<JudgedCriterion, 'judgement'> => {
  const before = criteria.find(each => isSameCriterion(each, criterion));
  return before?.judgement ? { judgement: before.judgement } : {};
};

/** One with words never is: whether a sealed text is the same cannot be told. */
export const isSameCriterion = (one: SuccessCriterion, other: SuccessCriterion): boolean =>
  one.howJudged === undefined &&
  other.howJudged === undefined &&
  JSON.stringify(publishedOf(one)) === JSON.stringify(publishedOf(other));

const publishedOf = ({ id, title, measurement }: SuccessCriterion): readonly unknown[] => {
  const { measure, series, statistic, condition, limit, days } = measurement ?? {};
  return [id, title, measure, series, statistic, condition, limit, days];
};
