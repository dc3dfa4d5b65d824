import { STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { required } from '../../environment.ts';
import { EVENT_TYPE } from '../../event.ts';
import { type Peer, servePeer } from '../peer.ts';
import { rebuildCounts } from './rebuild.ts';

const url = required('DATABASE_URL');
const pool = new pg.Pool({ connectionString: url, max: Number(required('POOL_SIZE')) });
const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
await store.schema.migrate();

const peer: Peer = {
  append: async (stream, expected, data) => {
    const events = data.map(each => ({ type: EVENT_TYPE, data: each, metadata: { correlationId: uuidv7() } }));
    await store.appendToStream(stream, events, {
      expectedStreamVersion: expected === 0 ? STREAM_DOES_NOT_EXIST : BigInt(expected),
    });
  },
  read: async stream => (await store.readStream(stream)).events.length,
  show: async setting => {
    const { rows } = await pool.query<Record<string, string>>(`SHOW ${setting}`);
    return Object.values(rows[0] ?? {})[0] ?? '';
  },
  close: async () => {
    await store.close();
    await pool.end().catch(() => undefined); // the store may have ended it
  },
};

const others = { rebuild: (batchSize: number): Promise<number> => rebuildCounts(url, batchSize) };

export type EmmettOthers = typeof others;
servePeer(peer, others);
