import { canonical, isBefore } from '@slipway/canonical';
import { isBeyond, isOwn, type MetricThresholdEvent, type ThresholdTerms, thresholdTermsIn } from '@slipway/contracts';
import { type Decider, type Decision, reject, type Rejection, type Stamped } from '@slipway/event-sourcing';
import type {
  JudgeThreshold,
  Judged,
  RetireThreshold,
  ReviseThreshold,
  SetThreshold,
  ThresholdCommand,
} from './metric-threshold-commands.ts';
import { thresholdMoves } from './metric-threshold-moves.ts';

/** The last verdict that was told. */
type Told = Readonly<{ revision: number; period?: string; position: number; to: string }>;
type Watched = Readonly<{ status: 'Watching' | 'Crossed'; terms: ThresholdTerms; revision: number; told?: Told }>;
export type Threshold = Readonly<{ status: 'None' }> | Watched | Readonly<{ status: 'Retired' }>;
export type ThresholdRefusal = 'threshold-exists' | 'no-threshold' | 'threshold-retired';

type ThresholdDecision = Decision<MetricThresholdEvent, ThresholdRefusal>;

const set = ({ data, stamp }: Stamped<SetThreshold>): ThresholdDecision => [
  { type: 'ThresholdSet', data: { ...stamp, ...data, revision: 1 } },
];

const revise = ({ data, stamp }: Stamped<ReviseThreshold>, { terms, revision }: Watched): ThresholdDecision =>
  canonical(thresholdTermsIn(data)) === canonical(terms)
    ? []
    : [{ type: 'ThresholdRevised', data: { ...stamp, ...data, revision: revision + 1 } }];

const retire = ({ data, stamp }: Stamped<RetireThreshold>): ThresholdDecision => [
  { type: 'ThresholdRetired', data: { ...stamp, ...data } },
];

/** Nothing when it was told before, came late, or is no verdict at all: too few, or nothing to measure. */
const judge = ({ data, stamp }: Stamped<JudgeThreshold>, threshold: Watched): ThresholdDecision => {
  const { terms, revision, told } = threshold;
  const { value } = data.figure;
  if (data.revision !== revision || !isLater(data, told)) return [];
  if (value === null || data.figure.counted < terms.leastPopulation) return [];
  const { measure, series, statistic, condition, limit, about } = terms;
  const held = { measure, series, statistic, condition, limit, about };
  const facts: Judged = { ...data, ...held, figure: { ...data.figure, value } };
  if (!isBeyond(terms, value))
    return threshold.status === 'Crossed' ? [{ type: 'ThresholdRecovered', data: { ...stamp, ...facts } }] : [];
  return threshold.status === 'Crossed' && isOfSame(data, told)
    ? []
    : [{ type: 'ThresholdCrossed', data: { ...stamp, ...facts } }];
};

/** More is known, or as much at a later moment. */
const isLater = ({ figure: { position }, over: { to } }: JudgeThreshold['data'], told: Told | undefined): boolean =>
  told === undefined || position > told.position || (position === told.position && isBefore(told.to, to));

/** By the same terms, of the same calendar month: the crossing that was told goes on. */
const isOfSame = ({ revision, over }: JudgeThreshold['data'], told: Told | undefined): boolean =>
  told?.revision === revision && told.period === over.period;

const refusalOf = ({ status }: Threshold): Rejection<ThresholdRefusal> => {
  if (status === 'None') return reject('no-threshold', 'There is no such threshold.');
  if (status === 'Retired') return reject('threshold-retired', 'It was retired; set another one.');
  return reject('threshold-exists', 'This threshold was set before.');
};

const decide = (command: Stamped<ThresholdCommand>, threshold: Threshold): ThresholdDecision => {
  if (!thresholdMoves[threshold.status][command.type]) return refusalOf(threshold);
  if (command.type === 'SetThreshold') return set(command);
  if (!('terms' in threshold)) return [];
  switch (command.type) {
    case 'ReviseThreshold':
      return revise(command, threshold);
    case 'RetireThreshold':
      return retire(command);
    case 'JudgeThreshold':
      return judge(command, threshold);
  }
};

const evolve = (threshold: Threshold, event: MetricThresholdEvent): Threshold => {
  if (!isOwn(event)) return threshold;
  if (event.type === 'ThresholdSet')
    return { status: 'Watching', terms: thresholdTermsIn(event.data), revision: event.data.revision };
  if (!('terms' in threshold)) return threshold;
  switch (event.type) {
    case 'ThresholdRevised':
      return { ...threshold, terms: thresholdTermsIn(event.data), revision: event.data.revision };
    case 'ThresholdCrossed':
      return { ...threshold, status: 'Crossed', told: toldIn(event.data) };
    case 'ThresholdRecovered':
      return { ...threshold, status: 'Watching', told: toldIn(event.data) };
    case 'ThresholdRetired':
      return { status: 'Retired' };
  }
};

const toldIn = ({ revision, figure, over }: Judged): Told => ({
  revision,
  ...(over.period !== undefined && { period: over.period }),
  position: figure.position,
  to: over.to,
});

/** A figure that a team watches, from where on it is told that it crossed a limit, and when it came back. */
export const metricThreshold: Decider<ThresholdCommand, MetricThresholdEvent, Threshold, ThresholdRefusal> = {
  initialState: { status: 'None' },
  decide,
  evolve,
};
