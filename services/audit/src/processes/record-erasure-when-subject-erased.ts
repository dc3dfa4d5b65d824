import type { SubjectEvent } from '@slipway/contracts';
import { idOf, type Message, type Process } from '@slipway/event-sourcing';

type RecordErasure = Message<'RecordErasure', Pick<SubjectEvent['data'], 'dropped'>>;

/** The erasure of somebody has his id. */
export const recordErasureWhenSubjectErased: Process<SubjectEvent, RecordErasure, object> = {
  name: 'record-erasure-when-subject-erased',
  events: ['SubjectErased'],
  instance: ({ stream }) => idOf(stream),
  initialState: {},
  evolve: state => state,
  react: ({ stream, data: { dropped } }) => [
    { send: { type: 'RecordErasure', data: { dropped } }, to: `erasure-${idOf(stream)}` },
  ],
};
