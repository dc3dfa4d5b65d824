import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { required } from '../../environment.ts';
import { EVENT_TYPE } from '../../event.ts';
import { type Peer, servePeer } from '../peer.ts';

const pool = new pg.Pool({ connectionString: required('DATABASE_URL'), max: Number(required('POOL_SIZE')) });

const WRITE = 'SELECT write_message($1, $2, $3, $4, $5, $6)';
const READ = 'SELECT * FROM get_stream_messages($1, 0, -1)';

const peer: Peer = {
  append: async (stream, expected, data) => {
    for (const [nth, each] of data.entries()) {
      const id = uuidv7();
      const metadata = JSON.stringify({ correlationId: id });
      const values = [id, stream, EVENT_TYPE, JSON.stringify(each), metadata, expected + nth - 1];
      await pool.query({ name: 'write', text: WRITE, values });
    }
  },
  read: async stream => {
    const { rows } = await pool.query<{ data: string; metadata: string }>({
      name: 'read',
      text: READ,
      values: [stream],
    });
    return rows.map(row => ({ data: JSON.parse(row.data) as object, metadata: JSON.parse(row.metadata) as object }))
      .length;
  },
  show: async setting => {
    const { rows } = await pool.query<Record<string, string>>(`SHOW ${setting}`);
    return Object.values(rows[0] ?? {})[0] ?? '';
  },
  close: () => pool.end(),
};

servePeer(peer);
