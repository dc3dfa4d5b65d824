import { type Static, Type } from 'typebox';
import { category, type EventOf, type Immutable } from './contract.ts';
import { Id, Instant, oneOf } from './values.ts';

const Position = Type.Integer({ minimum: 0, description: 'Of the log.' });
const NumberOrNull = Type.Union([Type.Number(), Type.Null()]);

/** What a figure said; null: nothing to measure. */
export const FigureSaid = Type.Object({
  value: NumberOrNull,
  p90: Type.Optional(NumberOrNull),
  mean: Type.Optional(NumberOrNull),
  numerator: Type.Number(),
  denominator: Type.Number(),
  counted: Type.Integer({ minimum: 0, description: 'How many the population has.' }),
});

/** A figure of a service that is another one than it was. */
export const RestatedFigure = Type.Object({
  serviceId: Id,
  measure: Type.String(),
  series: Type.String(),
  definition: Type.String({ description: 'The version of the definition: `first/2`.' }),
  before: FigureSaid,
  after: FigureSaid,
});

/** An event that made figures change. */
export const RestatementCause = Type.Object({
  stream: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  type: Type.String(),
  position: Position,
});

/** A calendar month of the zone that an installation reports in; its id is its name: `2026-03`. */
export const reportingPeriod = category({
  name: 'reportingPeriod',
  context: 'metrics',
  plural: 'reporting-periods',
  facts: {
    /** Its figures are what was known at the position of this event. */
    ReportingPeriodClosed: {
      period: Type.String({ pattern: '^\\d{4}-\\d{2}$' }),
      zone: Type.String({ description: 'IANA.' }),
      from: Instant,
      to: Instant,
      /** How many days it was provisional at least. */
      provisionalDays: Type.Integer({ minimum: 0 }),
    },
    /** What one correction did to the figures of a period that had been closed. */
    FiguresRestated: {
      period: Type.String({ pattern: '^\\d{4}-\\d{2}$' }),
      correction: Type.Object({
        kind: oneOf('request', 'import'),
        id: Type.String({ description: 'The correlation id of the request, or the batch of the import.' }),
      }),
      /** Figures were as `before` up to here, and are as `after` from there on. */
      from: Position,
      through: Position,
      /** The first of them. */
      causes: Type.Array(RestatementCause),
      causeCount: Type.Integer({ minimum: 1 }),
      /** The first of them; the others are found by asking as of the two positions. */
      figures: Type.Array(RestatedFigure),
      figureCount: Type.Integer({ minimum: 1 }),
    },
  },
});

export type ReportingPeriodEvent = EventOf<typeof reportingPeriod>;
export type MetricsEvent = ReportingPeriodEvent;
export type FigureSaid = Immutable<Static<typeof FigureSaid>>;
export type RestatedFigure = Immutable<Static<typeof RestatedFigure>>;
export type RestatementCause = Immutable<Static<typeof RestatementCause>>;
