import type { Comparison } from '../figures/comparison.ts';
import type { AnsweredFigure, AnsweredSlice } from './answered.ts';
import { figureNamed } from './answered.ts';

/** When a figure of a service has moved further than chance explains, what its gates might ask for. */
export type GateRule = Readonly<{
  rule: string;
  /** Another condition or another gate is another version. */
  version: string;
  measure: string;
  series: string;
  verdict: 'higher' | 'lower';
  gate: 'canary-first' | 'additional-approval' | 'tests-before-production' | 'emergency-review';
  proposal: string;
  reason: string;
}>;

export const gateRules: readonly GateRule[] = [
  {
    rule: 'rollback-rate-rose',
    version: 'first/1',
    measure: 'rollback-rate',
    series: 'rollback-rate',
    verdict: 'higher',
    gate: 'canary-first',
    proposal: 'Begin rollouts with a part of the traffic, and verify them before the rest follows.',
    reason: 'What is rolled back was seen only in production: with less traffic it harms fewer users until it is.',
  },
  {
    rule: 'change-fail-rate-rose',
    version: 'first/1',
    measure: 'change-fail-rate',
    series: 'change-fail-rate',
    verdict: 'higher',
    gate: 'additional-approval',
    proposal: 'Ask for one more approval, of quality, before production.',
    reason: 'More rollouts fail than did: somebody who did not write the change should say that it is ready.',
  },
  {
    rule: 'rework-rate-rose',
    version: 'first/1',
    measure: 'rework-rate',
    series: 'rework-rate',
    verdict: 'higher',
    gate: 'tests-before-production',
    proposal: 'Ask for a test run of the same digest that passed before production.',
    reason: 'More of what ships mends what shipped before: faults pass the tests that there are.',
  },
  {
    rule: 'emergency-share-rose',
    version: 'first/1',
    measure: 'emergency-share',
    series: 'emergency-share',
    verdict: 'higher',
    gate: 'emergency-review',
    proposal: 'Review every emergency change within three days, and ask what kept it from being a normal one.',
    reason: 'More goes past the ordinary approval than did.',
  },
];

/** For people to decide on: none is ever applied by itself. */
export type GateProposal = Pick<GateRule, 'rule' | 'version' | 'measure' | 'series' | 'gate' | 'proposal' | 'reason'> &
  Readonly<{
    serviceId: string;
    service: string;
    definition: string;
    value: number | null;
    numerator: number;
    denominator: number;
    comparison: Comparison;
  }>;

export type GateProposals = Readonly<{
  rules: readonly GateRule[];
  /** How many figures had enough on both sides for a difference to be told from chance. */
  comparable: number;
  items: readonly GateProposal[];
}>;

/** What the rules propose for services, whose figures stand beside the period before. */
export const proposalsOf = (slices: readonly AnsweredSlice[]): GateProposals => {
  const compared = slices.flatMap(slice => gateRules.flatMap(rule => proposalIn(slice, rule)));
  return {
    rules: gateRules,
    comparable: compared.length,
    items: compared.filter(({ isMet }) => isMet).map(({ proposed }) => proposed),
  };
};

type Compared = Readonly<{ isMet: boolean; proposed: GateProposal }>;

const proposalIn = (slice: AnsweredSlice, rule: GateRule): readonly Compared[] => {
  const { measure, series, gate, proposal, reason, verdict, version } = rule;
  const found = figureNamed(slice, measure, series);
  if (!found || !isCompared(found.figure)) return [];
  const { value, numerator, denominator, comparison } = found.figure;
  const about = { serviceId: slice.id ?? '', service: slice.name ?? slice.id ?? '', definition: found.definition };
  const proposed = { rule: rule.rule, version, measure, series, gate, proposal, reason, ...about };
  return [
    {
      isMet: comparison.verdict === verdict,
      proposed: { ...proposed, value, numerator, denominator, comparison },
    },
  ];
};

const isCompared = (figure: AnsweredFigure): figure is AnsweredFigure & { comparison: Comparison } =>
  figure.comparison !== undefined && figure.comparison.interval !== null;
