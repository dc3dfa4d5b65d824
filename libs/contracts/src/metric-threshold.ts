import { type Static, type TObject, Type } from 'typebox';
import { category, type EventOf, type Immutable } from './contract.ts';
import { figureLimit, measured } from './figure-limit.ts';
import { recordFacts } from './record.ts';
import { Id, Instant, oneOf, Pseudonym, Sealed, Title } from './values.ts';

/** What a threshold watches: one service, the services that a team owns, or those of an application. */
const ThresholdAbout = Type.Object({
  kind: oneOf('service', 'team', 'application'),
  id: Type.String({ minLength: 1, maxLength: 200, description: 'Of a team its name.' }),
});

const Zone = Type.String({ description: 'IANA. Days and months are those of this zone.' });

/** Over which time: the month of the calendar that it is, or so many times 24 hours until now. */
const ThresholdWindow = Type.Union([
  Type.Object({ kind: oneOf('calendar-month'), zone: Zone }),
  Type.Object({ kind: oneOf('last-days'), days: Type.Integer({ minimum: 1, maximum: 366 }), zone: Zone }),
]);

/** `serviceIds`: whom it is about, as of the event. */
const about = { about: ThresholdAbout, serviceIds: Type.Array(Id) };

const terms = {
  ...figureLimit,
  ...about,
  window: ThresholdWindow,
  /** Of fewer there is no verdict. */
  leastPopulation: Type.Integer({ minimum: 0 }),
};

const revision = { revision: Type.Integer({ minimum: 1 }) };
const reason = { reason: Type.Optional(Sealed) };

/** The figure that was judged, over which time, and what it was held against. */
const judged = {
  ...figureLimit,
  ...about,
  ...revision,
  figure: Type.Object({
    ...measured,
    unit: oneOf('ratio', 'per-day', 'seconds'),
    numerator: Type.Number(),
    denominator: Type.Number(),
  }),
  over: Type.Object({
    /** Of a calendar month: `2026-03`. */
    period: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}$' })),
    from: Instant,
    /** The moment of the verdict. */
    to: Instant,
    zone: Zone,
  }),
  /** Facts since the last verdict that the figure may follow from, the last ones; none when time alone made it so. */
  causes: Type.Array(
    Type.Object({
      stream: Type.String(),
      version: Type.Integer({ minimum: 1 }),
      type: Type.String(),
      position: Type.Integer({ minimum: 1 }),
    }),
  ),
};

export const metricThreshold = category({
  name: 'metricThreshold',
  context: 'metrics',
  plural: 'metric-thresholds',
  prefix: 'THR',
  facts: {
    ThresholdSet: { title: Title, owner: Pseudonym, description: Type.Optional(Sealed), ...terms, ...revision },
    /** What was crossed before stays so until the next verdict, which is by these terms. */
    ThresholdRevised: { ...terms, ...revision, ...reason },
    ThresholdRetired: reason,
    /** Once for each crossing, each calendar month and each revision. */
    ThresholdCrossed: judged,
    /** Once after a crossing: the figure is on the other side of the limit, or on it. */
    ThresholdRecovered: judged,
    ...recordFacts('MetricThreshold'),
  },
});

/** What is watched, and from where on it is told. */
export type ThresholdTerms = Immutable<Static<TObject<typeof terms>>>;

/** The terms in what an event or a request says. */
export const thresholdTermsIn = (said: ThresholdTerms): ThresholdTerms => {
  const { measure, series, statistic, condition, limit, about, serviceIds, window, leastPopulation } = said;
  return { measure, series, statistic, condition, limit, about, serviceIds, window, leastPopulation };
};

export type MetricThresholdEvent = EventOf<typeof metricThreshold>;
export type ThresholdAbout = Immutable<Static<typeof ThresholdAbout>>;
export type ThresholdWindow = Immutable<Static<typeof ThresholdWindow>>;
