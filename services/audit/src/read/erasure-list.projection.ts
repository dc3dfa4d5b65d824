import { type Delivery, type RowOf, rowPerStream } from '@slipway/consumers';
import type { ErasureEvent } from '@slipway/contracts';
import { idOf } from '@slipway/event-sourcing';
import type { ErasureRow } from './erasure-list.entity.ts';

type Row = RowOf<ErasureRow>;

const requested = ({ stream, version, data }: Delivery<Extract<ErasureEvent, { type: 'ErasureRequested' }>>): Row => ({
  id: idOf(stream),
  number: null,
  person: data.person,
  alsoKnownAs: [...data.alsoKnownAs],
  ground: data.ground,
  state: 'Requested',
  until: null,
  requestedAt: data.recordedAt,
  version,
});

export const erasureList = rowPerStream<ErasureEvent, Row>({
  consumer: 'audit.erasures',
  categories: ['erasure'],
  table: 'erasures_v1',
  numbered: true,
  fold: (row, event) => {
    if (event.type === 'ErasureRequested') return row ?? requested(event);
    if (!row) return undefined;
    const { version } = event;
    if (event.type === 'ErasureGranted') return { ...row, version, state: 'Granted', until: null };
    if (event.type === 'ErasureRefused') return { ...row, version, state: 'Refused', until: event.data.until };
    return { ...row, version };
  },
});
