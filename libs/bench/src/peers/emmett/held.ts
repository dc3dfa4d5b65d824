import { type Event, projections, STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore, postgreSQLProjection } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { setTimeout as pause } from 'node:timers/promises';
import { EVENT_TYPE } from '../../event.ts';
import type { Held, HeldAppend } from '../held.ts';

type HeldEvent = Event<typeof EVENT_TYPE, HeldAppend>;

class RolledBack extends Error {}

/** An inline projection runs in the transaction of the append, and an error of it takes the append back. */
const holding = postgreSQLProjection<HeldEvent>({
  name: 'holding',
  canHandle: [EVENT_TYPE],
  handle: async events => {
    for (const { data } of events) {
      if (data.heldMs > 0) await pause(data.heldMs);
      if (data.rolledBack) throw new RolledBack();
    }
  },
});

/** Emmett, read by a consumer with a reactor, as its documentation shows. */
export const openEmmett = async (url: string): Promise<Held> => {
  const pool = new pg.Pool({ connectionString: url, max: 20 });
  const store = getPostgreSQLEventStore(url, {
    connectionOptions: { pool },
    projections: projections.inline([holding]),
  });
  await store.schema.migrate();
  return {
    append: async append => {
      const { stream, version, rolledBack } = append;
      try {
        await store.appendToStream<HeldEvent>(stream, [{ type: EVENT_TYPE, data: append }], {
          expectedStreamVersion: version === 1 ? STREAM_DOES_NOT_EXIST : BigInt(version - 1),
        });
      } catch (error) {
        if (!(rolledBack && error instanceof RolledBack)) throw error;
      }
    },
    follow: async saw => {
      const consumer = store.consumer<HeldEvent>();
      consumer.reactor<HeldEvent>({
        processorId: 'reader',
        eachMessage: ({ data, metadata }) => {
          saw({ id: data.id, stream: metadata.streamName, version: Number(metadata.streamPosition) });
        },
      });
      const ended = consumer.start();
      return async () => {
        await consumer.stop();
        await ended;
      };
    },
    close: async () => {
      await store.close();
      if (!pool.ended) await pool.end();
    },
  };
};
