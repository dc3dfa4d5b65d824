import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import { type CommunicationEvent, isOwn } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import { describedRow } from '@slipway/records';
import type { CommunicationRow } from './communication-list.entity.ts';
import { stateAfter } from './communication.view.ts';

type Row = RowOf<CommunicationRow>;

const drafted = ({
  stream,
  version,
  data,
}: Delivery<Extract<CommunicationEvent, { type: 'CommunicationDrafted' }>>): Row => ({
  id: idOf(stream),
  number: null,
  title: data.title,
  owner: data.owner,
  kind: data.kind,
  audience: data.audience,
  about: data.about,
  state: 'Draft',
  recipients: data.people.length,
  delivered: 0,
  failed: 0,
  acknowledged: 0,
  nextUpdateBy: data.nextUpdateBy ?? null,
  sentAt: null,
  labels: [],
  refs: [],
  draftedAt: data.recordedAt,
  updatedAt: data.recordedAt,
  version,
});

const changesBy = (event: CommunicationEvent, row: Row): Partial<Row> => {
  if (!isOwn(event)) return {};
  switch (event.type) {
    case 'CommunicationRevised': {
      const { people, nextUpdateBy = null } = event.data;
      return { recipients: people.length, nextUpdateBy };
    }
    case 'CommunicationSent':
      return { recipients: event.data.people.length, sentAt: event.data.recordedAt };
    case 'CommunicationReceiptRecorded':
      return { [event.data.outcome]: row[event.data.outcome] + 1 };
    case 'CommunicationAcknowledged':
      return { acknowledged: row.acknowledged + 1 };
    default:
      return {};
  }
};

export const communicationList = rowPerStream<CommunicationEvent, Row>({
  consumer: 'notification.communications',
  categories: ['communication'],
  table: 'communications_v1',
  numbered: true,
  fold: describedRow('communication', (row, event) => {
    if (event.type === 'CommunicationDrafted') return row ?? drafted(event);
    const { version, data } = event;
    return row && { ...row, version, updatedAt: data.recordedAt, ...stateAfter(event), ...changesBy(event, row) };
  }),
});
