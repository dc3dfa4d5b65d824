import { type CommunicationEvent, isOwn } from '@slipway/contracts';
import type { Recorded, Stamp } from '@slipway/event-sourcing';
import { describedView } from '@slipway/records';

type FactsOf<Type extends CommunicationEvent['type']> = Omit<
  Extract<CommunicationEvent, { type: Type }>['data'],
  keyof Stamp
>;

export type CommunicationState = 'Draft' | 'Sent' | 'Canceled';
export type Receipt = FactsOf<'CommunicationReceiptRecorded'> & Readonly<{ at: string }>;

export type CommunicationView = FactsOf<'CommunicationDrafted'> &
  Readonly<{
    state: CommunicationState;
    reason?: string;
    sentAt?: string;
    /** What became of it, for each person. */
    receipts: readonly Receipt[];
    acknowledgements: readonly Readonly<{ person: string; at: string }>[];
    draftedAt: string;
    updatedAt: string;
  }>;

const STATES: Partial<Record<CommunicationEvent['type'], CommunicationState>> = {
  CommunicationDrafted: 'Draft',
  CommunicationSent: 'Sent',
  CommunicationCanceled: 'Canceled',
};

/** The state that an event leads to, where it leads to one: the same on the record and in the list. */
export const stateAfter = ({ type }: CommunicationEvent): { state?: CommunicationState } => {
  const state = STATES[type];
  return state === undefined ? {} : { state };
};

export const communicationView = (
  view: CommunicationView | undefined,
  event: Recorded<CommunicationEvent>,
): CommunicationView | undefined => {
  if (event.type === 'CommunicationDrafted') return drafted(event.data);
  return view && { ...view, ...stateAfter(event), ...stepOf(view, event), updatedAt: event.data.recordedAt };
};

/** With labels, references, comments and files. */
export const communicationRecord = describedView('communication', communicationView);

const drafted = (data: Extract<CommunicationEvent, { type: 'CommunicationDrafted' }>['data']): CommunicationView => ({
  ...saidIn(data),
  title: data.title,
  owner: data.owner,
  ...(data.description && { description: data.description }),
  kind: data.kind,
  audience: data.audience,
  about: data.about,
  state: 'Draft',
  receipts: [],
  acknowledgements: [],
  draftedAt: data.recordedAt,
  updatedAt: data.recordedAt,
});

const saidIn = ({
  subject,
  people,
  text,
  contentDigest,
  revisedTime,
  nextUpdateBy,
}: FactsOf<'CommunicationRevised'>) => ({
  subject,
  people,
  text,
  contentDigest,
  ...(revisedTime && { revisedTime }),
  ...(nextUpdateBy && { nextUpdateBy }),
});

const stepOf = (view: CommunicationView, event: Recorded<CommunicationEvent>): Partial<CommunicationView> => {
  if (!isOwn(event)) return {};
  const at = event.data.recordedAt;
  switch (event.type) {
    case 'CommunicationRevised':
      return saidIn(event.data);
    case 'CommunicationSent':
      return { people: event.data.people, sentAt: at };
    case 'CommunicationReceiptRecorded': {
      const { person, outcome, error } = event.data;
      return { receipts: [...view.receipts, { person, outcome, ...(error && { error }), at }] };
    }
    case 'CommunicationAcknowledged':
      return { acknowledgements: [...view.acknowledgements, { person: event.data.person, at }] };
    case 'CommunicationCanceled':
      return event.data.reason ? { reason: event.data.reason } : {};
    default:
      return {};
  }
};
