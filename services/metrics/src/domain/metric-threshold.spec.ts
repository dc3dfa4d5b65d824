import type { MetricThresholdEvent, ThresholdTerms } from '@slipway/contracts';
import { fold, isRejection, specification, type Stamped, stampOf } from '@slipway/event-sourcing';
import { metricThreshold } from './metric-threshold.ts';
import type { JudgeThreshold, ThresholdCommand } from './metric-threshold-commands.ts';
import { thresholdMoves, type ThresholdStatus } from './metric-threshold-moves.ts';

const given = specification(metricThreshold);
const tess = 'person-00000000-0000-4000-8000-000000000001';
const stamp = stampOf(tess);

type Events = { [Type in MetricThresholdEvent['type']]: Extract<MetricThresholdEvent, { type: Type }>['data'] };
const event = <Type extends MetricThresholdEvent['type']>(
  type: Type,
  facts: Omit<Events[Type], keyof typeof stamp>,
): MetricThresholdEvent => ({ type, data: { ...stamp, ...facts } }) as MetricThresholdEvent;
const command = <Type extends ThresholdCommand['type']>(
  type: Type,
  data: Extract<ThresholdCommand, { type: Type }>['data'],
): Stamped<ThresholdCommand> => ({ type, data, stamp }) as Stamped<ThresholdCommand>;

const limit = {
  measure: 'change-fail-rate',
  series: 'change-fail-rate',
  statistic: 'value',
  condition: 'above',
} as const;
const about = { about: { kind: 'service', id: 'checkout' }, serviceIds: ['checkout'] } as const;
const terms: ThresholdTerms = {
  ...limit,
  limit: 0.15,
  ...about,
  window: { kind: 'last-days', days: 30, zone: 'UTC' },
  leastPopulation: 5,
};
const words = { title: 'Failed changes', owner: tess, ...terms };
const set = event('ThresholdSet', { ...words, revision: 1 });

type Seen = Readonly<{ position?: number; to?: string; counted?: number; revision?: number; period?: string }>;
const seen = (
  value: number | null,
  { position = 100, to = '2026-03-12T08:00:00.000Z', counted = 10, revision = 1, period }: Seen = {},
): JudgeThreshold['data'] => ({
  revision,
  serviceIds: ['checkout'],
  figure: { value, unit: 'ratio', numerator: 2, denominator: 10, counted, definition: 'first/2', position },
  over: { ...(period && { period }), from: '2026-02-10T08:00:00.000Z', to, zone: 'UTC' },
  causes: [{ stream: 'incident-1', version: 4, type: 'CauseConfirmed', position: 99 }],
});
const judge = (...of: Parameters<typeof seen>) => command('JudgeThreshold', seen(...of));
const told = (type: 'ThresholdCrossed' | 'ThresholdRecovered', value: number, of: Seen = {}, bound = 0.15) => {
  const data = seen(value, of);
  const held = { ...limit, limit: bound, about: terms.about };
  return event(type, { ...data, ...held, figure: { ...data.figure, value } });
};
const crossed = (...of: [value?: number, seen?: Seen]) => told('ThresholdCrossed', of[0] ?? 0.2, of[1]);
const recovered = (value: number, of?: Seen) => told('ThresholdRecovered', value, of);

describe('a threshold', () => {
  test('is set once', () => {
    expect(given().when(command('SetThreshold', words))).toEqual([set]);
    expect(given(set).when(command('SetThreshold', words))).toMatchObject({ rejected: 'threshold-exists' });
    expect(given().when(judge(0.2))).toMatchObject({ rejected: 'no-threshold' });
  });
  test('is told when it is crossed, with the figure and what it was held against', () =>
    expect(given(set).when(judge(0.2))).toEqual([crossed()]));
  test('is not crossed by the limit itself, by too few, or by nothing', () => {
    expect(given(set).when(judge(0.15))).toEqual([]);
    expect(given(set).when(judge(0.8, { counted: 4 }))).toEqual([]);
    expect(given(set).when(judge(null))).toEqual([]);
  });
  test('is told once, however long it lasts', () =>
    expect(given(set, crossed()).when(judge(0.3, { position: 101 }))).toEqual([]));
  test('is told when it recovers, once; too few to judge is no recovery', () => {
    expect(given(set, crossed()).when(judge(0.1, { position: 101 }))).toEqual([recovered(0.1, { position: 101 })]);
    expect(given(set, crossed()).when(judge(0, { position: 101, counted: 1 }))).toEqual([]);
    expect(given(set, crossed()).when(judge(null, { position: 101 }))).toEqual([]);
    expect(given(set, crossed(), recovered(0.1, { position: 101 })).when(judge(0.1, { position: 102 }))).toEqual([]);
  });
  test('may be one that a figure must not fall below', () => {
    const frequent = event('ThresholdSet', { ...words, condition: 'below', limit: 1, revision: 1 });
    expect(given(frequent).when(judge(0.5))).toMatchObject([{ type: 'ThresholdCrossed' }]);
    expect(given(frequent).when(judge(1))).toEqual([]);
  });
});

describe('a verdict', () => {
  test('of what was known earlier than the last one that was told, or of the same moment, says nothing', () => {
    expect(given(set, crossed()).when(judge(0.1))).toEqual([]);
    expect(given(set, crossed()).when(judge(0.1, { position: 99, to: '2026-03-12T09:00:00.000Z' }))).toEqual([]);
    expect(given(set, crossed()).when(judge(0.1, { to: '2026-03-12T07:00:00.000Z' }))).toEqual([]);
  });
  test('of as much at a later moment counts: time alone moves the window', () => {
    const later = { to: '2026-03-12T09:00:00.000Z' };
    expect(given(set, crossed()).when(judge(0.1, later))).toEqual([recovered(0.1, later)]);
  });
  test('by the terms of an earlier revision says nothing', () => {
    const revised = event('ThresholdRevised', { ...terms, limit: 0.3, revision: 2 });
    expect(given(set, revised).when(judge(0.4, { revision: 1 }))).toEqual([]);
  });
});

test('of a calendar month, each month that crosses it is told of', () => {
  const march = { period: '2026-03' };
  const april = { period: '2026-04', position: 120, to: '2026-04-03T08:00:00.000Z' };
  expect(given(set, crossed(0.2, march)).when(judge(0.3, { ...march, position: 101 }))).toEqual([]);
  expect(given(set, crossed(0.2, march)).when(judge(0.3, april))).toEqual([crossed(0.3, april)]);
  expect(given(set, crossed(0.2, march)).when(judge(0.1, april))).toEqual([recovered(0.1, april)]);
});

describe('revised', () => {
  const wider = { ...terms, limit: 0.3 };
  const revised = event('ThresholdRevised', { ...wider, revision: 2 });
  const byThese = { revision: 2, position: 101 };

  test('it is judged by the new terms; the same again is nothing new', () => {
    expect(given(set).when(command('ReviseThreshold', wider))).toEqual([revised]);
    expect(given(set, revised).when(command('ReviseThreshold', wider))).toEqual([]);
  });
  test('while crossed, the next verdict tells how it is by them', () => {
    expect(given(set, crossed(), revised).when(judge(0.2, byThese))).toEqual([
      told('ThresholdRecovered', 0.2, byThese, 0.3),
    ]);
    expect(given(set, crossed(), revised).when(judge(0.4, byThese))).toEqual([
      told('ThresholdCrossed', 0.4, byThese, 0.3),
    ]);
  });
});

test('retired, it is over', () => {
  const retired = event('ThresholdRetired', {});
  expect(given(set).when(command('RetireThreshold', {}))).toEqual([retired]);
  expect(given(set, retired).when(command('RetireThreshold', {}))).toEqual([]);
  expect(given(set, retired).when(judge(0.2))).toMatchObject({ rejected: 'threshold-retired' });
});

// Every state, as what may have led there, and every command, as what may be asked.

const histories: Readonly<Record<ThresholdStatus, readonly MetricThresholdEvent[]>> = {
  None: [],
  Watching: [set],
  Crossed: [set, crossed()],
  Retired: [set, event('ThresholdRetired', {})],
};
const examples: Readonly<Record<ThresholdCommand['type'], readonly Stamped<ThresholdCommand>[]>> = {
  SetThreshold: [command('SetThreshold', words)],
  ReviseThreshold: [command('ReviseThreshold', { ...terms, limit: 0.3 }), command('ReviseThreshold', terms)],
  JudgeThreshold: [judge(0.4, { position: 200 }), judge(0.1, { position: 200 })],
  RetireThreshold: [command('RetireThreshold', {})],
};
const pairs = (Object.keys(histories) as ThresholdStatus[]).flatMap(status =>
  (Object.keys(examples) as ThresholdCommand['type'][]).map(type => [status, type] as const),
);

const tryOut = (status: ThresholdStatus, type: ThresholdCommand['type']) => {
  const state = fold(metricThreshold, histories[status]);
  const decisions = examples[type].map(example => metricThreshold.decide(example, state));
  return {
    ends: decisions.flatMap(decision =>
      isRejection(decision) ? [] : [decision.reduce(metricThreshold.evolve, state).status],
    ),
    codes: decisions.flatMap(decision => (isRejection(decision) ? [decision.rejected] : [])),
  };
};

test.each(pairs.filter(([status, type]) => thresholdMoves[status][type]))(
  '%s takes %s, and goes where the moves say',
  (status, type) => {
    const { ends, codes } = tryOut(status, type);
    expect(codes).toEqual([]);
    expect([...new Set(ends)].sort()).toEqual([...(thresholdMoves[status][type] ?? [])].sort());
  },
);

const CODES = {
  None: 'no-threshold',
  Watching: 'threshold-exists',
  Crossed: 'threshold-exists',
  Retired: 'threshold-retired',
};

test.each(pairs.filter(([status, type]) => !thresholdMoves[status][type]))(
  '%s refuses %s with a code',
  (status, type) => {
    const { ends, codes } = tryOut(status, type);
    expect(ends).toEqual([]);
    expect(new Set(codes)).toEqual(new Set([CODES[status]]));
  },
);
