import type { AnsweredFigure, AnsweredReport, AnsweredSlice, Restatement } from './answered.ts';
import { figureNamed, oldestOf } from './answered.ts';
import { type GateProposals, proposalsOf } from './gate-proposals.ts';

/** What is read first, in this order, and which way is better. */
export const HEADLINES = [
  { measure: 'change-success', series: 'successful', better: 'higher' },
  { measure: 'change-fail-rate', series: 'change-fail-rate', better: 'lower' },
  { measure: 'rollback-rate', series: 'rollback-rate', better: 'lower' },
  { measure: 'deployment-frequency', series: 'rollouts-per-day', better: 'higher' },
  { measure: 'lead-time', series: 'lead-time', better: 'lower' },
  { measure: 'failed-deployment-recovery-time', series: 'from-impact-start', better: 'lower' },
  { measure: 'mttr', series: 'all', better: 'lower' },
] as const;

/** A figure in short: what it is, what it is made of, and how sure it is. */
export type Headline = Pick<
  AnsweredFigure,
  'series' | 'unit' | 'value' | 'reason' | 'p90' | 'mean' | 'numerator' | 'denominator' | 'interval' | 'counted'
> &
  Pick<AnsweredFigure, 'dataQuality' | 'comparison'> &
  Readonly<{
    measure: string;
    definition: string;
    title: string;
    open: number;
    oldestOpenSeconds: number | null;
    /** How many are in doubt, by what is wrong. */
    doubts: Readonly<Record<string, number>>;
  }>;

export type Part = Readonly<{
  by?: string;
  id?: string;
  name?: string;
  period?: string;
  from: string;
  to: string;
  blend: boolean;
  figures: readonly Headline[];
  restatements?: readonly Restatement[];
}>;

export type Executive = Omit<Part, 'by' | 'id' | 'name' | 'period'> &
  Pick<AnsweredReport, 'service' | 'application' | 'environment' | 'team' | 'region' | 'comparedWith'> &
  Readonly<{
    month: string;
    zone: string;
    position: number;
    /** Twelve months, this one last. */
    trend: readonly Part[];
    teams: readonly Part[];
    services: readonly Part[];
    proposals: GateProposals;
  }>;

export type ExecutiveParts = Readonly<{
  month: string;
  /** The month by service, beside the month before. */
  ofMonth: AnsweredReport;
  /** Twelve months that end with it, each beside the one before. */
  ofYear: AnsweredReport;
  /** The month by team; absent when it is a report of one. */
  ofTeams?: AnsweredReport;
}>;

/** What whoever decides on budgets and gates reads of a month. Three reports of one log position, put together. */
export const executiveReport = ({ month, ofMonth, ofYear, ofTeams }: ExecutiveParts): Executive => {
  const { slices: services = [], service, application, environment, team, region, comparedWith } = ofMonth;
  const trend = (ofYear.slices ?? []).map(partOf);
  const { blend, from, to, restatements, figures } = partOf(ofMonth);
  // Over too many services for one figure of the whole, the last of the twelve may have been kept.
  const whole = figures.length > 0 ? figures : (trend.at(-1)?.figures ?? []);
  return {
    month,
    ...(service && { service }),
    ...(application && { application }),
    ...(environment && { environment }),
    ...(team !== undefined && { team }),
    ...(region !== undefined && { region }),
    ...(comparedWith && { comparedWith }),
    from,
    to,
    zone: ofMonth.zone,
    position: ofMonth.position,
    blend,
    figures: whole,
    trend,
    teams: (ofTeams?.slices ?? []).map(partOf),
    services: services.map(partOf),
    proposals: proposalsOf(services),
    ...(restatements && { restatements }),
  };
};

const partOf = (slice: AnsweredSlice): Part => {
  const { by, id, name, period, from, to, blend, restatements } = slice;
  return {
    ...(by !== undefined && { by }),
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    ...(period !== undefined && { period }),
    from,
    to,
    blend,
    figures: HEADLINES.flatMap(({ measure, series }) => {
      const found = figureNamed(slice, measure, series);
      return found ? [headlineOf(found)] : [];
    }),
    ...(restatements && { restatements }),
  };
};

const headlineOf = ({ figure, measure, definition, title }: NonNullable<ReturnType<typeof figureNamed>>): Headline => {
  const { series, unit, value, reason, p90, mean, numerator, denominator, interval, counted } = figure;
  const { open, doubts, dataQuality, comparison } = figure;
  return {
    measure,
    definition,
    title,
    series,
    unit,
    value,
    ...(reason !== undefined && { reason }),
    ...(p90 !== undefined && { p90 }),
    ...(mean !== undefined && { mean }),
    numerator,
    denominator,
    interval,
    counted,
    dataQuality,
    ...(comparison && { comparison }),
    open: open.length,
    oldestOpenSeconds: oldestOf(figure),
    doubts: Object.fromEntries(doubts.map(doubt => [doubt.reason, doubt.count])),
  };
};
