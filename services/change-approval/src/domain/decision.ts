import { after, earliest, latest } from '@slipway/canonical';
import type { DecisionEvent } from '@slipway/contracts';
import type { Decider, Message, Stamp } from '@slipway/event-sourcing';
import type { DecisionRule, Judgement, Situation, Strictness } from './decision-rule.ts';
import { decisionRules } from './decision-rules.ts';
import type { Facts } from './facts.ts';

export type TakeDecision = Message<'TakeDecision', { facts: Facts }>;

type Taken = Omit<DecisionEvent['data'], keyof Stamp>;
type RuleOutcome = Taken['rules'][number];
type Judged = Readonly<{ strictness: Strictness; judgement: Judgement; outcome: RuleOutcome }>;

const EVALUATOR_VERSION = '1';
const VALID_FOR = { seconds: 60 };

/** Where the environment is not known, the strictest column applies. */
export const situationOf = ({ question: { kind }, production }: Facts): Situation => {
  if (production === false) return 'elsewhere';
  return kind === 'rollback' || kind === 'redeploy' ? kind : 'production';
};

const judged = (facts: Facts): readonly Judged[] => {
  const situation = situationOf(facts);
  return decisionRules.flatMap(({ rule, version, strictness, judge }) => {
    const how = strictness[situation];
    if (!how) return [];
    const judgement = judgementOf(judge, facts);
    return [
      {
        strictness: how,
        judgement,
        outcome: { rule, ruleVersion: version, outcome: outcomeOf(judgement, how), ...saidBy(judgement) },
      },
    ];
  });
};

// Fail closed: a rule that cannot cope with what it is given has not said yes.
const judgementOf = (judge: DecisionRule['judge'], facts: Facts): Judgement => {
  try {
    return judge(facts);
  } catch {
    return { is: 'unknown', reason: 'A fact that it needs is missing.' };
  }
};

const saidBy = ({ reason, opensAt }: Judgement): Pick<RuleOutcome, 'reason' | 'opensAt'> => ({
  reason,
  ...(opensAt && { opensAt }),
});

const outcomeOf = ({ is }: Judgement, strictness: Strictness): RuleOutcome['outcome'] => {
  if (is === 'compliant') return 'compliant';
  if (strictness === 'recorded') return 'recorded';
  return is === 'unknown' ? 'error' : 'non-compliant';
};

const failing = (rules: readonly Judged[]): readonly Judged[] =>
  rules.filter(({ strictness, judgement }) => strictness === 'required' && judgement.is !== 'compliant');

/** The earliest of a minute from now and what ends a required yes. */
const validUntil = (rules: readonly Judged[], at: string): string =>
  earliest(
    after(at, VALID_FOR),
    ...rules.flatMap(({ strictness, judgement }) =>
      strictness === 'required' && judgement.closesAt ? [judgement.closesAt] : [],
    ),
  );

/** The next instant at which time alone turns this no into a yes. */
const nextOpening = (rules: readonly Judged[], facts: Facts): string | undefined => {
  const opens = failing(rules).map(({ judgement }) => judgement.opensAt);
  const [first, ...others] = opens.filter(each => each !== undefined);
  if (first === undefined || opens.includes(undefined)) return undefined;
  const at = latest(first, ...others);
  return failing(judged({ ...facts, at })).length === 0 ? at : undefined;
};

/** Evaluates every rule and keeps every result. The same facts give the same answer. */
export const evaluate = (facts: Facts): Taken => {
  const { question, at, change, releases } = facts;
  const rules = judged(facts);
  const allowed = failing(rules).length === 0;
  const opening = allowed ? undefined : nextOpening(rules, facts);
  const [release] = releases ?? [];
  return {
    ...question,
    verdict: allowed ? 'allow' : 'deny',
    ...(change && { changeId: change.id }),
    ...(release && { releaseId: release.id }),
    rules: rules.map(({ outcome }) => outcome),
    roleGrantIds: rules.flatMap(({ judgement }) => judgement.relies ?? []),
    askedAt: at,
    ...(allowed && { validUntil: validUntil(rules, at) }),
    ...(opening && { nextOpening: opening }),
    inputs: facts.inputs,
    position: facts.position,
    evaluatorVersion: EVALUATOR_VERSION,
    timeZoneDataVersion: facts.timeZoneDataVersion,
  };
};

type Decided = Readonly<{ taken: boolean }>;

/** One answer to one question; asking again is another decision. */
export const decision: Decider<TakeDecision, DecisionEvent, Decided, never> = {
  initialState: { taken: false },
  decide: ({ data: { facts }, stamp }, { taken }) =>
    taken ? [] : [{ type: 'DecisionTaken', data: { ...evaluate(facts), ...stamp } }],
  evolve: () => ({ taken: true }),
};
