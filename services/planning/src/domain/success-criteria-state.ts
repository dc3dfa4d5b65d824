import { canonical } from '@slipway/canonical';
import type { ReleaseEvent, SuccessCriterion } from '@slipway/contracts';

type Judgement = Pick<Extract<ReleaseEvent, { type: 'SuccessCriterionJudged' }>['data'], 'verdict' | 'measured'>;

/** With what came of it, once somebody has said so. */
export type JudgedCriterion = Readonly<{ criterion: SuccessCriterion; judgement?: Judgement }>;
export type SuccessCriteria = readonly JudgedCriterion[];

export const criteriaAfter = (criteria: SuccessCriteria, event: ReleaseEvent): SuccessCriteria => {
  switch (event.type) {
    case 'SuccessCriteriaDeclared':
      return event.data.criteria.map(criterion => ({ criterion, ...judgementOf(criteria, criterion) }));
    case 'SuccessCriterionJudged': {
      const { criterionId, verdict, measured } = event.data;
      const judgement = { verdict, ...(measured && { measured }) };
      return criteria.map(each => (each.criterion.id === criterionId ? { ...each, judgement } : each));
    }
    // What came of the first attempt says nothing of the next one.
    case 'ReleasePlanningReopened':
      return criteria.map(({ criterion }) => ({ criterion }));
    default:
      return criteria;
  }
};

/** A criterion that is the same as it was stays judged. Whether a sealed text is the same cannot be told: it is no part of it. */
const judgementOf = (criteria: SuccessCriteria, criterion: SuccessCriterion): Pick<JudgedCriterion, 'judgement'> => {
  const before = criteria.find(each => isSame(each.criterion, criterion));
  return before?.judgement ? { judgement: before.judgement } : {};
};

export const isSame = (one: SuccessCriterion, other: SuccessCriterion): boolean =>
  canonical(publishedOf(one)) === canonical(publishedOf(other));

const publishedOf = ({ id, title, measurement }: SuccessCriterion): object => ({
  id,
  title,
  measurement: measurement ?? null,
});
