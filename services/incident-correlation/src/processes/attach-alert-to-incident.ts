import { isBefore } from '@slipway/canonical';
import type { AlertEvent } from '@slipway/contracts';
import { idOf, type Instruction, type Process, type Recorded } from '@slipway/event-sourcing';
import type { AttachAlert } from '../domain/incident-commands.ts';
import { severityOf } from '../domain/severity.ts';

type Event = Extract<AlertEvent, { type: 'AlertReported' | 'AlertMatched' }>;
/** Without the payload: a state is kept beside the log for as long as the alert. */
type Reported = Pick<
  Extract<Event, { type: 'AlertReported' }>['data'],
  'fingerprint' | 'groupKey' | 'status' | 'name' | 'severity' | 'labels' | 'startsAt' | 'occurredAt'
>;
type Matched = Extract<Event, { type: 'AlertMatched' }>['data'];
/** `reported`: the last status by when it happened, since tools deliver out of order. */
type State = Readonly<{ reported?: Reported; matched?: Matched }>;

const evolve = (state: State, { type, data }: Recorded<Event>): State => {
  if (type === 'AlertMatched') return { ...state, matched: data };
  if (state.reported && isBefore(data.occurredAt, state.reported.occurredAt)) return state;
  const { fingerprint, groupKey, status, name, severity, labels, startsAt, occurredAt } = data;
  const said = severity === undefined ? {} : { severity };
  return { ...state, reported: { fingerprint, groupKey, status, name, ...said, labels, startsAt, occurredAt } };
};

const react = ({ stream }: Recorded<Event>, { reported, matched }: State): readonly Instruction<AttachAlert>[] => {
  if (!reported || !matched) return [{ ignore: 'it matches no service yet' }];
  const { fingerprint, groupKey, status, startsAt, occurredAt } = reported;
  const { incidentId, serviceIds, environmentId } = matched;
  const data: AttachAlert['data'] = {
    alertId: idOf(stream),
    fingerprint,
    groupKey,
    status,
    title: titleOf(reported),
    severity: severityOf(reported.severity),
    serviceIds,
    ...(environmentId !== undefined && { environmentId }),
    startsAt,
    occurredAt,
  };
  return [{ send: { type: 'AttachAlert', data }, to: `incident-${incidentId}` }];
};

const titleOf = ({ name, labels }: Reported): string =>
  (labels['service'] === undefined || name.includes(labels['service'])
    ? name
    : `${name} on ${labels['service']}`
  ).slice(0, 200);

/** The incident that it was matched with learns of the alert, and of each status that it comes to. */
export const attachAlertToIncident: Process<Event, AttachAlert, State> = {
  name: 'attach-alert-to-incident',
  events: ['AlertReported', 'AlertMatched'],
  instance: ({ stream }) => stream,
  initialState: {},
  evolve,
  react,
};
