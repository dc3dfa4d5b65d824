import { sortedSet } from '@slipway/canonical';
import { type CommunicationEvent, isOwn } from '@slipway/contracts';
import { type Decider, type Decision, type Message, reject, type Stamped } from '@slipway/event-sourcing';

type DataOf<Type extends CommunicationEvent['type']> = Extract<CommunicationEvent, { type: Type }>['data'];
type Said = 'subject' | 'people' | 'text' | 'contentDigest' | 'revisedTime' | 'nextUpdateBy';

export type DraftCommunication = Message<
  'DraftCommunication',
  Pick<DataOf<'CommunicationDrafted'>, Said | 'title' | 'owner' | 'description' | 'kind' | 'audience' | 'about'>
>;
export type ReviseCommunication = Message<'ReviseCommunication', Pick<DataOf<'CommunicationRevised'>, Said>>;
/** From now on nobody joins, and no word changes. */
export type SendCommunication = Message<'SendCommunication'>;
export type RecordReceipt = Message<
  'RecordReceipt',
  Pick<DataOf<'CommunicationReceiptRecorded'>, 'person' | 'outcome' | 'error'>
>;
/** By whom it was sent to, in his or her own name. */
export type AcknowledgeCommunication = Message<'AcknowledgeCommunication'>;
export type CancelCommunication = Message<'CancelCommunication', { reason?: string }>;
export type CommunicationCommand =
  | DraftCommunication
  | ReviseCommunication
  | SendCommunication
  | RecordReceipt
  | AcknowledgeCommunication
  | CancelCommunication;

export type CommunicationStatus = 'None' | 'Draft' | 'Sent' | 'Canceled';
export type Communication = Readonly<{
  status: CommunicationStatus;
  people: readonly string[];
  contentDigest: string;
  received: readonly string[];
  acknowledged: readonly string[];
}>;
export type CommunicationRefusal =
  | 'communication-exists'
  | 'no-communication'
  | 'communication-sent'
  | 'communication-canceled'
  | 'not-sent'
  | 'no-recipients'
  | 'not-a-recipient';

/** What is allowed in which state, and the state that it leads to. */
export const communicationMoves: Readonly<
  Record<CommunicationStatus, Partial<Record<CommunicationCommand['type'], CommunicationStatus>>>
> = {
  None: { DraftCommunication: 'Draft' },
  Draft: { ReviseCommunication: 'Draft', SendCommunication: 'Sent', CancelCommunication: 'Canceled' },
  Sent: { SendCommunication: 'Sent', RecordReceipt: 'Sent', AcknowledgeCommunication: 'Sent' },
  Canceled: { CancelCommunication: 'Canceled' },
};

type CommunicationDecision = Decision<CommunicationEvent, CommunicationRefusal>;

const refusalOf = ({ status }: Communication, { type }: CommunicationCommand) => {
  if (status === 'None') return reject('no-communication', 'There is no such communication.');
  if (type === 'DraftCommunication') return reject('communication-exists', 'It was drafted before.');
  if (status === 'Canceled') return reject('communication-canceled', 'It was canceled; draft another one.');
  if (status === 'Sent') return reject('communication-sent', 'It was sent and stays as it is; draft another one.');
  return reject('not-sent', 'It was not sent to anybody yet.');
};

const send = ({ stamp }: Stamped<SendCommunication>, state: Communication): CommunicationDecision => {
  if (state.status === 'Sent') return [];
  if (state.people.length === 0) return reject('no-recipients', 'Name the people that it goes to.');
  const { people, contentDigest } = state;
  return [{ type: 'CommunicationSent', data: { ...stamp, people: sortedSet(people), contentDigest } }];
};

const recordReceipt = ({ data, stamp }: Stamped<RecordReceipt>, state: Communication): CommunicationDecision => {
  if (!state.people.includes(data.person)) return reject('not-a-recipient', 'It was not sent to this person.');
  return state.received.includes(data.person)
    ? []
    : [{ type: 'CommunicationReceiptRecorded', data: { ...stamp, ...data } }];
};

const acknowledge = ({ stamp }: Stamped<AcknowledgeCommunication>, state: Communication): CommunicationDecision => {
  const person = stamp.actor;
  if (!state.people.includes(person)) return reject('not-a-recipient', 'It was not sent to you.');
  return state.acknowledged.includes(person) ? [] : [{ type: 'CommunicationAcknowledged', data: { ...stamp, person } }];
};

const decide = (command: Stamped<CommunicationCommand>, state: Communication): CommunicationDecision => {
  if (!communicationMoves[state.status][command.type]) return refusalOf(state, command);
  switch (command.type) {
    case 'DraftCommunication':
      return [{ type: 'CommunicationDrafted', data: { ...command.stamp, ...command.data } }];
    case 'ReviseCommunication':
      return [{ type: 'CommunicationRevised', data: { ...command.stamp, ...command.data } }];
    case 'SendCommunication':
      return send(command, state);
    case 'RecordReceipt':
      return recordReceipt(command, state);
    case 'AcknowledgeCommunication':
      return acknowledge(command, state);
    case 'CancelCommunication':
      return state.status === 'Canceled'
        ? []
        : [{ type: 'CommunicationCanceled', data: { ...command.stamp, ...command.data } }];
  }
};

const evolve = (state: Communication, event: CommunicationEvent): Communication => {
  if (!isOwn(event)) return state;
  switch (event.type) {
    case 'CommunicationDrafted':
    case 'CommunicationRevised':
      return { ...state, status: 'Draft', people: event.data.people, contentDigest: event.data.contentDigest };
    case 'CommunicationSent':
      return { ...state, status: 'Sent', people: event.data.people };
    case 'CommunicationReceiptRecorded':
      return { ...state, received: [...state.received, event.data.person] };
    case 'CommunicationAcknowledged':
      return { ...state, acknowledged: [...state.acknowledged, event.data.person] };
    case 'CommunicationCanceled':
      return { ...state, status: 'Canceled' };
  }
};

export const communication: Decider<CommunicationCommand, CommunicationEvent, Communication, CommunicationRefusal> = {
  initialState: { status: 'None', people: [], contentDigest: '', received: [], acknowledged: [] },
  decide,
  evolve,
};
