import { appendHint, PostgresEventStore } from '@slipway/event-store';
import { required } from '../../environment.ts';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { EVENT_TYPE } from '../../event.ts';
import { type Peer, servePeer } from '../peer.ts';
import { rebuildCounts } from './rebuild.ts';

const url = required('DATABASE_URL');
const pool = new pg.Pool({ connectionString: url, options: '-c search_path=planning', max: 10 });
const hint = appendHint(url);
const store = new PostgresEventStore(pool, hint);

const peer: Peer = {
  append: async (stream, expected, data) => {
    const events = data.map(each => {
      const id = uuidv7();
      return { type: EVENT_TYPE, id, data: each, envelope: { correlationId: id } };
    });
    await store.append([{ stream, expect: expected || 'no-stream', events }]);
  },
  read: async stream => (await store.read(stream)).events.length,
  show: async setting => {
    const { rows } = await pool.query<Record<string, string>>(`SHOW ${setting}`);
    return Object.values(rows[0] ?? {})[0] ?? '';
  },
  close: async () => {
    await hint.stop();
    await pool.end();
  },
};

const others = {
  /** The position at which all that was appended so far has its place. */
  settled: (timeoutMs: number): Promise<number> => store.settledHead(timeoutMs),
  rebuild: (): Promise<number> => rebuildCounts(url, store, pool),
};

export type SlipwayOthers = typeof others;
servePeer(peer, others);
