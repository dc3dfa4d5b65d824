import { PostgresEventStore, startSequencer } from '@slipway/event-store';
import pg from 'pg';
import { EVENT_TYPE } from '../../event.ts';
import type { Held, HeldAppend } from '../held.ts';
import { polling } from '../polling.ts';
import { heldTransaction } from '../transaction.ts';
import { asRole } from './database.ts';

const BATCH = 1_000;

// The store itself never leaves a transaction open: what holds one is the function that it calls.
const APPEND = `
  SELECT store.append($1::text[], $2::int[], ARRAY[1], '{}', '{}', $3::uuid[], $4::text[], $5::json[], $6::json[])`;

/** Ours, read by the log. */
export const openSlipway = async (database: string): Promise<Held> => {
  const pool = new pg.Pool({ connectionString: asRole(database, 'planning'), max: 20 });
  const store = new PostgresEventStore(pool);
  const sequencer = startSequencer({ url: asRole(database, 'sequencer') });

  const appendHeld = (append: HeldAppend): Promise<void> => {
    const { id, stream, version } = append;
    const envelope = JSON.stringify({ correlationId: id });
    const values = [[stream], [version - 1], [id], [EVENT_TYPE], ['{}'], [envelope]];
    return heldTransaction(pool, append, client => client.query(APPEND, values));
  };

  const appendAtOnce = async ({ id, stream, version }: HeldAppend): Promise<void> => {
    const event = { type: EVENT_TYPE, id, data: {}, envelope: { correlationId: id } };
    await store.append([{ stream, expect: version === 1 ? 'no-stream' : version - 1, events: [event] }]);
  };

  return {
    append: append => (append.heldMs > 0 ? appendHeld(append) : appendAtOnce(append)),
    follow: async saw => {
      let after = 0;
      return polling(async () => {
        const events = await store.readLog(after, BATCH);
        events.forEach(saw);
        after = events.at(-1)?.position ?? after;
        return events.length;
      });
    },
    close: async () => {
      await sequencer.stop();
      await pool.end();
    },
  };
};
