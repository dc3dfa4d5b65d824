import { projection } from '@slipway/consumers';
import { CATEGORY } from '../../event.ts';
import { ADD_COUNTS, countsOf } from '../counts.ts';

/** Adds one for each event, so that an event that came twice in effect would show. */
export const streamCounts = projection({
  consumer: 'planning.counts',
  categories: [CATEGORY],
  tables: ['counts'],
  independent: true,
  applyAll: async (events, client) => {
    await client.query({ name: 'add-counts', text: ADD_COUNTS, values: countsOf(events) });
  },
});
