import type { AlertEvent } from '@slipway/contracts';
import { type Decider, type Decision, type Message, type Stamp, type Stamped, reject } from '@slipway/event-sourcing';

type Facts<Type extends AlertEvent['type']> = Omit<Extract<AlertEvent, { type: Type }>['data'], keyof Stamp>;

export type ReportAlert = Message<'ReportAlert', Facts<'AlertReported'>>;
/** Where it belongs. */
export type Match = Readonly<{ serviceIds: readonly string[]; environmentId?: string; incidentId: string }>;
/** Without `found`: no service carries its labels. */
export type MatchAlert = Message<'MatchAlert', Readonly<{ found?: Match }>>;
/** By hand. `incidentId` is looked up when the person names none. */
export type BindAlert = Message<
  'BindAlert',
  Omit<Match, 'incidentId'> & Readonly<{ incidentId?: string; reason: string }>
>;
/** An authenticated message that cannot be read is kept for a person to see. */
export type KeepUnreadable = Message<'KeepUnreadable', Facts<'AlertUnreadable'>>;
export type AlertCommand = ReportAlert | MatchAlert | BindAlert | KeepUnreadable;

type Status = Facts<'AlertReported'>['status'];

export type Alert =
  | Readonly<{ status: 'none' }>
  | Readonly<{ status: 'unreadable' }>
  | Readonly<{
      status: 'reported' | 'unmatched' | 'matched';
      /** In the order that they came. */ seen: readonly Status[];
    }>;

export type AlertRefusal =
  'not-found' | 'already-matched' | 'alert-unreadable' | 'services-missing' | 'incident-missing';
type AlertDecision = Decision<AlertEvent, AlertRefusal>;

/** Alertmanager says a status once for an alert; PagerDuty may go back and forth, each message under its own key. */
const report = ({ data, stamp }: Stamped<ReportAlert>, alert: Alert): AlertDecision => {
  const seen = 'seen' in alert ? alert.seen : [];
  const known = data.tool === 'alertmanager' ? seen.includes(data.status) : seen.at(-1) === data.status;
  return known ? [] : [{ type: 'AlertReported', data: { ...stamp, ...data } }];
};

const match = ({ data: { found }, stamp }: Stamped<MatchAlert>, alert: Alert): AlertDecision => {
  if (!('seen' in alert)) return reject('not-found', 'No such alert was reported.');
  if (alert.status === 'matched') return [];
  if (found) return [{ type: 'AlertMatched', data: { ...stamp, ...found } }];
  return alert.status === 'unmatched' ? [] : [{ type: 'AlertUnmatched', data: stamp }];
};

const bind = ({ data, stamp }: Stamped<BindAlert>, alert: Alert): AlertDecision => {
  if (alert.status === 'none') return reject('not-found', 'No such alert was reported.');
  if (alert.status === 'unreadable') return reject('alert-unreadable', 'What could not be read cannot be bound.');
  if (alert.status === 'matched') return reject('already-matched', 'The alert is matched already.');
  if (data.serviceIds.length === 0)
    return reject('services-missing', 'Name at least one service that the alert is about.');
  const { incidentId, ...match } = data;
  if (incidentId === undefined) return reject('incident-missing', 'Name the incident that the alert belongs to.');
  return [{ type: 'AlertMatched', data: { ...stamp, ...match, incidentId } }];
};

const keep = ({ data, stamp }: Stamped<KeepUnreadable>, alert: Alert): AlertDecision =>
  alert.status === 'none' ? [{ type: 'AlertUnreadable', data: { ...stamp, ...data } }] : [];

const decide = (command: Stamped<AlertCommand>, alert: Alert): AlertDecision => {
  switch (command.type) {
    case 'ReportAlert':
      return report(command, alert);
    case 'MatchAlert':
      return match(command, alert);
    case 'BindAlert':
      return bind(command, alert);
    case 'KeepUnreadable':
      return keep(command, alert);
  }
};

const evolve = (alert: Alert, event: AlertEvent): Alert => {
  switch (event.type) {
    case 'AlertReported':
      return 'seen' in alert
        ? { ...alert, seen: [...alert.seen, event.data.status] }
        : { status: 'reported', seen: [event.data.status] };
    case 'AlertMatched':
      return 'seen' in alert ? { ...alert, status: 'matched' } : alert;
    case 'AlertUnmatched':
      return 'seen' in alert ? { ...alert, status: 'unmatched' } : alert;
    case 'AlertUnreadable':
      return { status: 'unreadable' };
  }
};

export const alert: Decider<AlertCommand, AlertEvent, Alert, AlertRefusal> = {
  initialState: { status: 'none' },
  decide,
  evolve,
};
