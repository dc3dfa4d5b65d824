import { after, isBefore } from '@slipway/canonical';
import type { ReportingPeriodEvent } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamp, type Stamped } from '@slipway/event-sourcing';

type FactsOf<Type extends ReportingPeriodEvent['type']> = Omit<
  Extract<ReportingPeriodEvent, { type: Type }>['data'],
  keyof Stamp
>;

export type CloseReportingPeriod = Message<'CloseReportingPeriod', FactsOf<'ReportingPeriodClosed'>>;
/** Says once what the events between two positions did to the figures of a closed period. */
export type RestateFigures = Message<'RestateFigures', FactsOf<'FiguresRestated'>>;
export type ReportingPeriodCommand = CloseReportingPeriod | RestateFigures;

/** Open while it lasts and provisional after it, both by the clock alone; closed by an event. */
export type ReportingPeriod =
  | Readonly<{ status: 'not-closed' }>
  | Readonly<{
      status: 'closed';
      /** Up to which position changes of its figures are told. */
      through: number;
    }>;
export type ReportingPeriodRefusal = 'period-not-over' | 'period-not-closed' | 'already-restated';
type Decided = Decision<ReportingPeriodEvent, ReportingPeriodRefusal>;

type Move = Readonly<{ to: ReportingPeriod['status'] }>;

/** What may be asked of a period in a state, and where it leads. What is not here is refused. */
export const reportingPeriodMoves: Readonly<
  Record<ReportingPeriod['status'], Readonly<Partial<Record<ReportingPeriodCommand['type'], Move>>>>
> = {
  'not-closed': { CloseReportingPeriod: { to: 'closed' } },
  closed: { CloseReportingPeriod: { to: 'closed' }, RestateFigures: { to: 'closed' } },
};

const close = ({ data, stamp }: Stamped<CloseReportingPeriod>, state: ReportingPeriod): Decided => {
  if (state.status === 'closed') return [];
  if (isBefore(stamp.recordedAt, after(data.to, { hours: 24 * data.provisionalDays })))
    return reject('period-not-over', `It is provisional for ${data.provisionalDays} days after its end.`);
  return [{ type: 'ReportingPeriodClosed', data: { ...data, ...stamp } }];
};

const restate = ({ data, stamp }: Stamped<RestateFigures>, through: number): Decided =>
  data.through <= through
    ? reject('already-restated', `What happened up to position ${through} is told.`)
    : [{ type: 'FiguresRestated', data: { ...data, ...stamp } }];

const decide = (command: Stamped<ReportingPeriodCommand>, state: ReportingPeriod): Decided => {
  if (!reportingPeriodMoves[state.status][command.type])
    return reject('period-not-closed', 'Only figures of a closed period are restated.');
  return command.type === 'CloseReportingPeriod'
    ? close(command, state)
    : restate(command, state.status === 'closed' ? state.through : 0);
};

const evolve = (state: ReportingPeriod, { type, data }: ReportingPeriodEvent): ReportingPeriod =>
  type === 'ReportingPeriodClosed'
    ? { status: 'closed', through: 0 }
    : { status: 'closed', through: Math.max(data.through, state.status === 'closed' ? state.through : 0) };

/** A period closes once, and every later change of its figures is told once. */
export const reportingPeriod: Decider<
  ReportingPeriodCommand,
  ReportingPeriodEvent,
  ReportingPeriod,
  ReportingPeriodRefusal
> = { initialState: { status: 'not-closed' }, decide, evolve };
