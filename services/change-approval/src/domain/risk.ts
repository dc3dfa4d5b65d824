import type { RiskLevel } from '@slipway/contracts';

/** What is known of a change before it is approved. */
export type RiskFacts = Readonly<{
  /** Of each service that it touches; unknown when the catalog does not say. */
  criticalities: readonly ('low' | 'medium' | 'high' | 'critical' | 'unknown')[];
  /** Services that depend on one that it touches. */
  dependents: number;
  productionTargets: number;
  commits: number;
  backoutMinutes?: number;
}>;

export type RiskFactor = Readonly<{ factor: string; points: number; reason: string }>;

export type Assessment = Readonly<{
  factors: readonly RiskFactor[];
  points: number;
  level: RiskLevel;
  modelVersion: string;
}>;

type Factor = (facts: RiskFacts) => RiskFactor;

const pointsOfCriticality = { low: 0, medium: 10, high: 20, critical: 30, unknown: 30 } as const;

const criticality: Factor = ({ criticalities }) => {
  const most = criticalities.reduce(
    (worst, each) => (pointsOfCriticality[each] > pointsOfCriticality[worst] ? each : worst),
    'low' as RiskFacts['criticalities'][number],
  );
  return {
    factor: 'criticality',
    points: pointsOfCriticality[most],
    reason: `The most critical service touched is ${most}.`,
  };
};

const breadth: Factor = ({ productionTargets }) => ({
  factor: 'breadth',
  points: Math.min(20, Math.max(0, productionTargets - 1) * 5),
  reason: `${productionTargets} production targets.`,
});

const dependents: Factor = ({ dependents: count }) => ({
  factor: 'dependents',
  points: Math.min(20, count * 5),
  reason: `${count} other services depend on what it touches.`,
});

const size: Factor = ({ commits }) => ({
  factor: 'size',
  points: commits > 50 ? 20 : commits > 10 ? 10 : 0,
  reason: `${commits} commits.`,
});

const backout: Factor = ({ backoutMinutes }) =>
  backoutMinutes === undefined
    ? { factor: 'back-out', points: 20, reason: 'No rollback plan says how long backing out takes.' }
    : {
        factor: 'back-out',
        points: backoutMinutes > 60 ? 10 : 0,
        reason: `Backing out takes ${backoutMinutes} minutes.`,
      };

const factors: readonly Factor[] = [criticality, breadth, dependents, size, backout];

/** The first model: points add up; from 30 medium, from 60 high. */
export const assess = (facts: RiskFacts): Assessment => {
  const found = factors.map(factor => factor(facts));
  const points = found.reduce((sum, each) => sum + each.points, 0);
  return {
    factors: found,
    points,
    level: points >= 60 ? 'high' : points >= 30 ? 'medium' : 'low',
    modelVersion: 'first/1',
  };
};
